"""What may be read of the province's notices, and at the hub who has received them."""

from langso.communication.announcements.queries.notices import NoticeCard, latest_notices, notice_card
from langso.communication.announcements.queries.receipts import NoticeReceipt, notices_received, receipts

__all__ = ["NoticeCard", "NoticeReceipt", "latest_notices", "notice_card", "notices_received", "receipts"]
