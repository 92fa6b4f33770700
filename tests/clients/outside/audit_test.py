"""Connectors of others against `offtenant serve`: those that do it right miss nothing, and of those
with a known flaw the audit names exactly that flaw.
Usage: audit_test.py OFFTENANT WORK_FOLDER"""
import datetime
import json
import os
import pathlib
import signal
import subprocess
import sys
import unittest
import urllib.error
import urllib.request

import connector

OFFTENANT, WORK = sys.argv[1:3]
TENANT = pathlib.Path(__file__).with_name("tenant.toml")
ALL_WINDOWS = datetime.timedelta(hours=13)


class Served:
    """The tenant, thirteen hours of it past, and the environment that points a client at it."""

    def __init__(self):
        state = pathlib.Path(WORK, "state")
        self._audit = pathlib.Path(WORK, "audit.json")
        self._process = subprocess.Popen(
            [OFFTENANT, "serve", str(TENANT), "--listen", "127.0.0.1:0", "--state", str(state),
             "--offset", "-13h", "--json",
             "--until", "all fetched", "--until", "quiet 1s", "--timeout", "60s", "--audit", str(self._audit)],
            stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        self.facts = json.loads(self._process.stdout.readline())
        for name in ("http_proxy", "https_proxy", "no_proxy", "NO_PROXY"):
            os.environ.pop(name, None)
        os.environ["HTTPS_PROXY"] = f"http://{self.facts['address']}"
        os.environ["REQUESTS_CA_BUNDLE"] = self.facts["ca_file"]
        os.environ["SSL_CERT_FILE"] = self.facts["ca_file"]

    def ended_by_itself(self):
        return self._process.wait(timeout=60), json.loads(self._audit.read_text())

    def interrupted(self):
        self._process.send_signal(signal.SIGINT)
        return self.ended_by_itself()

    def close(self):
        self._process.kill()
        self._process.wait()
        self._process.stdout.close()

    def window(self):
        start = datetime.datetime.fromisoformat(self.facts["start"][:19]).replace(microsecond=0)
        return start, start + ALL_WINDOWS


def kinds(audit):
    return {finding["kind"] for finding in audit["findings"]}


def never_fetched(audit):
    return [record for record in audit["records"] if record["fetched"] == "never"]


class OutsideConnectors(unittest.TestCase):
    def setUp(self):
        self.tenant = Served()
        self.addCleanup(self.tenant.close)

    def read_all(self, *flaws, pause=datetime.timedelta()):
        reader = connector.Connector(self.tenant.facts, flaws)
        return reader.alerts(), reader.audit(*self.tenant.window(), pause)

    def test_one_that_does_it_right_misses_nothing_and_serve_ends_with_0(self):
        alerts, records = self.read_all()
        code, audit = self.tenant.ended_by_itself()
        self.assertEqual(code, 0)
        self.assertTrue(audit["all_fetched"])
        self.assertEqual(kinds(audit), set())
        self.assertEqual(len(alerts), audit["sources"]["alerts"]["once"])
        self.assertEqual(len(records), audit["sources"]["audit_general"]["once"])
        self.assertGreater(len(alerts), 4)

    def test_one_that_reads_the_first_page_only(self):
        self.read_all(connector.FIRST_PAGE_ONLY)
        code, audit = self.tenant.interrupted()
        self.assertEqual(code, 1)
        self.assertEqual(kinds(audit), {"never_fetched", "page_not_followed"})
        self.assertEqual({record["source"] for record in never_fetched(audit)}, {"alerts"})

    def test_one_that_leaves_a_pause_between_windows_loses_what_lay_in_it(self):
        start, _ = self.tenant.window()
        self.read_all(connector.WINDOWS_APART, pause=datetime.timedelta(minutes=50))
        code, audit = self.tenant.interrupted()
        self.assertEqual(code, 1)
        self.assertEqual(kinds(audit), {"never_fetched", "window_gap"})
        gaps = audit["windows"]["Audit.General"]["gaps"]
        edge = (start + connector.WINDOW).strftime("%Y-%m-%dT%H:%M:%S")
        self.assertEqual(gaps[0]["from"][:19], edge)
        for record in never_fetched(audit):
            self.assertEqual(record["source"], "audit_general")
            self.assertIn("window", record["why"])

    def test_one_that_fetches_blobs_twice(self):
        _, records = self.read_all(connector.READS_TWICE)
        code, audit = self.tenant.ended_by_itself()
        self.assertEqual(code, 0)
        self.assertEqual(kinds(audit), {"fetched_repeatedly"})
        self.assertEqual(len(records), 2 * audit["sources"]["audit_general"]["repeatedly"])

    def test_one_that_does_not_wait(self):
        self.read_all(connector.IMPATIENT)
        _, audit = self.tenant.ended_by_itself()
        self.assertIn("before_retry_after", kinds(audit))
        self.assertTrue(audit["all_fetched"])

    def test_hosts_that_are_not_microsofts_are_refused_and_never_contacted(self):
        with self.assertRaises(urllib.error.URLError) as refused:
            urllib.request.urlopen("https://www.example.org/", timeout=20)
        self.assertIn("403", str(refused.exception))


if __name__ == "__main__":
    pathlib.Path(WORK).mkdir(parents=True, exist_ok=True)
    unittest.main(argv=sys.argv[:1], verbosity=2, warnings="ignore")
