"""The table of all pages: address, method, handler."""

from __future__ import annotations

from collections.abc import Sequence

from starlette.routing import BaseRoute, Match, Route
from starlette.types import Receive, Scope, Send

from weaklink.web.asking import (
    answers_page,
    before_page,
    episodes_page,
    pain_page,
    question_page,
    referral_page,
    start_page,
    story_page,
    where_page,
    who_page,
)
from weaklink.web.course import visited_page
from weaklink.web.figures import still_files
from weaklink.web.home import pairing_page
from weaklink.web.plan import (
    exercise_page,
    handing_on_page,
    paper_files,
    plan_page,
    prescribed_page,
    routine_page,
    week_page,
)
from weaklink.web.result import about_page, evidence_page, remark_form, result_page, tests_page
from weaklink.web.settings import settings_page
from weaklink.web.weeks import (
    away_form,
    correcting_page,
    diary_page,
    programme_page,
    progress_page,
    running_page,
    screening_page,
    session_page,
    today_page,
)
from weaklink.web.what_if import what_if_page

API = "/api/"


class Pages(BaseRoute):
    """All pages as one entry of the table: tried before the API, and never for an address of it."""

    def __init__(self, routes: Sequence[Route]) -> None:
        self.routes = routes

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        """Which page is meant, as Starlette asks; one with another method where none takes this one."""
        best: tuple[Match, Scope] = (Match.NONE, {})
        if scope["path"].startswith(API):
            return best
        for route in self.routes:
            match, found = route.matches(scope)
            if match.value > best[0].value:
                best = (match, {**found, "page": route})
            if match is Match.FULL:
                break
        return best

    async def handle(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let the page answer that was found."""
        await scope["page"].handle(scope, receive, send)


ROUTES = [
    Route("/", start_page.start_page),
    Route("/start", start_page.begin_episode, methods=["POST"]),
    Route("/episodes", episodes_page.episodes_page),
    Route("/episodes", episodes_page.go_on, methods=["POST"]),
    Route("/before", before_page.before_page),
    Route("/before", before_page.keep_before, methods=["POST"]),
    Route("/who", who_page.who_page),
    Route("/who", who_page.keep_who, methods=["POST"]),
    Route("/where", where_page.where_page),
    Route("/where", where_page.keep_where, methods=["POST"]),
    Route("/story", story_page.story_page),
    Route("/story", story_page.keep_story, methods=["POST"]),
    Route("/pain", pain_page.pain_page),
    Route("/pain", pain_page.keep_pain, methods=["POST"]),
    Route("/q/{screen}", question_page.question_page),
    Route("/q/{screen}", question_page.keep_answers, methods=["POST"]),
    Route("/answers", answers_page.answers_page),
    Route("/tests", tests_page.tests_page),
    Route("/tests/{test}", tests_page.test_page),
    Route("/tests/{test}", tests_page.keep_result, methods=["POST"]),
    Route("/result", result_page.result_page),
    Route("/week", week_page.week_page),
    Route("/week", week_page.keep_week, methods=["POST"]),
    Route("/routine", routine_page.routine_page),
    Route("/routine", routine_page.keep_routine, methods=["POST"]),
    Route("/prescribed", prescribed_page.prescribed_page),
    Route("/prescribed", prescribed_page.keep_prescribed, methods=["POST"]),
    Route("/plan", plan_page.plan_page),
    Route("/plan", plan_page.make_anew, methods=["POST"]),
    Route("/plan/print", plan_page.sheet_page),
    Route("/plan/sheet.pdf", paper_files.plan_pdf),
    Route("/today", today_page.today_page),
    Route("/today", today_page.fit_today, methods=["POST"]),
    Route("/today/smaller", today_page.answer_smaller, methods=["POST"]),
    Route("/today/away", away_form.keep_away, methods=["POST"]),
    Route("/session", session_page.session_page),
    Route("/offline", session_page.offline_page),
    Route("/session/end", today_page.end_session, methods=["POST"]),
    Route("/session/check", screening_page.screening_page),
    Route("/session/check", screening_page.keep_screening, methods=["POST"]),
    Route("/session/figures", session_page.session_figures),
    Route("/service-worker.js", session_page.service_worker),
    Route("/manifest.webmanifest", session_page.manifest),
    Route("/diary", diary_page.diary_page),
    Route("/diary", diary_page.keep_told, methods=["POST"]),
    Route("/diary/session", correcting_page.correcting_page),
    Route("/diary/session", correcting_page.keep_correction, methods=["POST"]),
    Route("/progress", progress_page.progress_page),
    Route("/progress", progress_page.keep_progress, methods=["POST"]),
    Route("/programme", programme_page.programme_page),
    Route("/programme", programme_page.keep_review, methods=["POST"]),
    Route("/visited", visited_page.visited_page),
    Route("/visited", visited_page.keep_visit, methods=["POST"]),
    Route("/running", running_page.running_page),
    Route("/running", running_page.hold_plan, methods=["POST"]),
    Route("/what-if", what_if_page.what_if_page),
    Route("/what-if", what_if_page.show_what_if, methods=["POST"]),
    Route("/what-if/step", what_if_page.keep_step, methods=["POST"]),
    Route("/hand-on", handing_on_page.handing_on_page),
    Route("/hand-on", handing_on_page.keep_address, methods=["POST"]),
    Route("/hand-on/slips", handing_on_page.slips_page),
    Route("/calendar/{secret}.ics", handing_on_page.calendar_file),
    Route("/shared/{secret}", handing_on_page.shared_plan),
    Route("/exercises/{exercise}", exercise_page.exercise_page),
    Route("/static/figures/moves/{move}.svg", still_files.still_file),
    Route("/static/figures/maps/{view}.svg", still_files.body_file),
    Route("/evidence/{link}", evidence_page.evidence_page),
    Route("/sources", evidence_page.sources_page),
    Route("/remarks", remark_form.keep_remark, methods=["POST"]),
    Route("/settings", settings_page.settings_page),
    Route("/settings", settings_page.keep_settings, methods=["POST"]),
    Route("/settings/my-data", settings_page.my_data, methods=["POST"]),
    Route("/settings/erase", settings_page.erase, methods=["POST"]),
    Route("/pair", pairing_page.pair_page),
    Route("/pair", pairing_page.try_code, methods=["POST"]),
    Route("/devices", pairing_page.devices_page),
    Route("/devices", pairing_page.change_devices, methods=["POST"]),
    Route("/about", about_page.about_page),
    Route("/referral", referral_page.referral_page),
    Route("/referral/letter", referral_page.letter_page),
    Route("/referral/letter.pdf", paper_files.letter_pdf),
]
