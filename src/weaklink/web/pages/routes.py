"""The table of all pages: address, method, handler."""

from __future__ import annotations

from starlette.routing import Route

from weaklink.web.pages import (
    about,
    answers,
    evidence,
    exercise,
    pain,
    plan,
    question,
    referral,
    remark,
    result,
    settings,
    start,
    tests,
    week,
    where,
    who,
)

ROUTES = [
    Route("/", start.start_page),
    Route("/start", start.begin_episode, methods=["POST"]),
    Route("/who", who.who_page),
    Route("/who", who.keep_who, methods=["POST"]),
    Route("/where", where.where_page),
    Route("/where", where.keep_where, methods=["POST"]),
    Route("/pain", pain.pain_page),
    Route("/pain", pain.keep_pain, methods=["POST"]),
    Route("/q/{screen}", question.question_page),
    Route("/q/{screen}", question.keep_answers, methods=["POST"]),
    Route("/answers", answers.answers_page),
    Route("/tests", tests.tests_page),
    Route("/tests/{test}", tests.test_page),
    Route("/tests/{test}", tests.keep_result, methods=["POST"]),
    Route("/result", result.result_page),
    Route("/week", week.week_page),
    Route("/week", week.keep_week, methods=["POST"]),
    Route("/plan", plan.plan_page),
    Route("/plan/print", plan.sheet_page),
    Route("/exercises/{exercise}", exercise.exercise_page),
    Route("/evidence/{link}", evidence.evidence_page),
    Route("/sources", evidence.sources_page),
    Route("/remarks", remark.keep_remark, methods=["POST"]),
    Route("/settings", settings.settings_page),
    Route("/settings", settings.keep_settings, methods=["POST"]),
    Route("/settings/erase", settings.erase, methods=["POST"]),
    Route("/about", about.about_page),
    Route("/referral", referral.referral_page),
    Route("/referral/letter", referral.letter_page),
]
