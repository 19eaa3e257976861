"""What is wrong with a proof, in words."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from langso.kernel.errors import Text
from langso.kernel.transparency.rules.proofs import ProofFault

PROOF_FAULTS: Final[dict[ProofFault, Text]] = {
    ProofFault.NO_PROOF: _("This file is no proof, or it is damaged. Download it again."),
    ProofFault.EVENT: _("What is written here is not what was recorded: its content was altered."),
    ProofFault.LEAF: _("The line of the log in this file belongs to something else."),
    ProofFault.TREE: _("This line does not stand in the log that was signed."),
    ProofFault.CHECKPOINT: _("The log's own signature is missing, altered, or made with another key."),
}
