"""The table of all pages: address, method, handler."""

from __future__ import annotations

from starlette.routing import Route

from weaklink.web.asking import (
    answers_page,
    pain_page,
    question_page,
    referral_page,
    start_page,
    where_page,
    who_page,
)
from weaklink.web.figures import still_files
from weaklink.web.home import pairing_page
from weaklink.web.plan import exercise_page, handing_on_page, paper_files, plan_page, routine_page, week_page
from weaklink.web.result import about_page, evidence_page, remark_form, result_page, tests_page
from weaklink.web.settings import settings_page
from weaklink.web.weeks import (
    diary_page,
    progress_page,
    running_page,
    screening_page,
    session_page,
    today_page,
)
from weaklink.web.what_if import what_if_page

ROUTES = [
    Route("/", start_page.start_page),
    Route("/start", start_page.begin_episode, methods=["POST"]),
    Route("/who", who_page.who_page),
    Route("/who", who_page.keep_who, methods=["POST"]),
    Route("/where", where_page.where_page),
    Route("/where", where_page.keep_where, methods=["POST"]),
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
    Route("/plan", plan_page.plan_page),
    Route("/plan", plan_page.make_anew, methods=["POST"]),
    Route("/plan/print", plan_page.sheet_page),
    Route("/plan/sheet.pdf", paper_files.plan_pdf),
    Route("/today", today_page.today_page),
    Route("/today", today_page.fit_today, methods=["POST"]),
    Route("/session", session_page.session_page),
    Route("/session/check", screening_page.screening_page),
    Route("/session/check", screening_page.keep_screening, methods=["POST"]),
    Route("/session/figures", session_page.session_figures),
    Route("/service-worker.js", session_page.service_worker),
    Route("/manifest.webmanifest", session_page.manifest),
    Route("/diary", diary_page.diary_page),
    Route("/diary", diary_page.keep_told, methods=["POST"]),
    Route("/progress", progress_page.progress_page),
    Route("/progress", progress_page.keep_progress, methods=["POST"]),
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
