"""A connector as others write them: msal and requests, unchanged, pointed at the tenant by the
environment alone (HTTPS_PROXY, REQUESTS_CA_BUNDLE). `flaws` names what it does wrong."""
import datetime
import time

import msal
import requests

GRAPH = "https://graph.microsoft.com"
MANAGEMENT = "https://manage.office.com"
WINDOW = datetime.timedelta(hours=4)

FIRST_PAGE_ONLY = "reads the first page only"
IMPATIENT = "asks again before Retry-After is over"
WINDOWS_APART = "leaves a pause between two windows"
READS_TWICE = "fetches each blob a second time"


class Connector:
    def __init__(self, tenant, flaws=()):
        self._tenant = tenant
        self._flaws = flaws
        self._session = requests.Session()
        self._app = msal.ConfidentialClientApplication(
            tenant["client_id"],
            authority=f"https://login.microsoftonline.com/{tenant['tenant_id']}",
            client_credential=tenant["client_secrets"][0]["value"],
        )

    def alerts(self):
        """All alerts, as JSON objects."""
        out = []
        url = f"{GRAPH}/v1.0/security/alerts_v2"
        while url:
            page = self._get(GRAPH, url).json()
            out += page["value"]
            url = None if FIRST_PAGE_ONLY in self._flaws else page.get("@odata.nextLink")
        return out

    def audit(self, since, until, pause=datetime.timedelta()):
        """All audit records of Audit.General whose content was created from `since` to `until`."""
        feed = f"{MANAGEMENT}/api/v1.0/{self._tenant['tenant_id']}/activity/feed/subscriptions"
        self._send("POST", MANAGEMENT, f"{feed}/start?contentType=Audit.General")
        out = []
        for start, end in self._windows(since, until, pause):
            url = f"{feed}/content?contentType=Audit.General&startTime={_utc(start)}&endTime={_utc(end)}"
            while url:
                page = self._get(MANAGEMENT, url)
                for blob in page.json():
                    for _ in range(2 if READS_TWICE in self._flaws else 1):
                        out += self._get(MANAGEMENT, blob["contentUri"]).json()
                url = page.headers.get("NextPageUri")
        return out

    def _windows(self, since, until, pause):
        start = since
        while start < until:
            end = min(start + WINDOW, until)
            yield start, end
            start = end + pause if WINDOWS_APART in self._flaws else end

    def _get(self, resource, url):
        return self._send("GET", resource, url)

    def _send(self, method, resource, url):
        token = self._app.acquire_token_for_client([f"{resource}/.default"])
        headers = {"Authorization": f"Bearer {token['access_token']}"}
        while True:
            answer = self._session.request(method, url, headers=headers, timeout=20)
            if answer.status_code != 429:
                answer.raise_for_status()
                return answer
            if IMPATIENT not in self._flaws:
                time.sleep(float(answer.headers["Retry-After"]))


def _utc(moment):
    return moment.strftime("%Y-%m-%dT%H:%M:%S")
