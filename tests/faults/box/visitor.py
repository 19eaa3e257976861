"""A browser without a screen for a running box: cookies, the form's token, what came back."""

import re
import urllib.error
import urllib.parse
import urllib.request
from http.cookiejar import CookieJar


class Visitor:
    def __init__(self, address: str) -> None:
        self.address = address
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))

    def get(self, path: str) -> tuple[int, str]:
        return self._ask(urllib.request.Request(self.address + path, headers={"Accept-Language": "en"}))

    def post(self, path: str, **fields: str) -> tuple[int, str]:
        """Open the page, fill in its form, send it; returns the answer that follows."""
        _status, page = self.get(path)
        found = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
        assert found, f"{path} has no form:\n{page[:1000]}"
        body = urllib.parse.urlencode({"csrfmiddlewaretoken": found.group(1), **fields}).encode()
        headers = {"Accept-Language": "en", "Referer": self.address + path}
        return self._ask(urllib.request.Request(self.address + path, data=body, headers=headers))

    def sign_in(self, username: str, password: str) -> None:
        status, page = self.post("/sign-in/staff/", username=username, password=password)
        assert status == 200, page
        if "Change the password" in page:
            status, page = self.post("/account/password/", present=password, wanted="ba con suối mát")
            assert status == 200, page

    def _ask(self, request: urllib.request.Request) -> tuple[int, str]:
        try:
            with self.opener.open(request, timeout=30) as answer:
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as refusal:
            return refusal.code, refusal.read().decode()
