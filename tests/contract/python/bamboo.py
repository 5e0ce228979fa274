"""Reads a Bamboo through atlassian-python-api and prints what it understood, as JSON."""

import json
import os
import sys

from atlassian import Bamboo

url, project, plan = sys.argv[1:]
bamboo = Bamboo(url=url, token=os.environ["CLIENT_TOKEN"])

queued = bamboo.execute_build(plan)
again = bamboo.queue_build(plan)
result = bamboo.build_result(queued["buildResultKey"], expand="stages.stage.results.result")
job = result["stages"]["stage"][0]["results"]["result"][0]["key"]
log = bamboo.build_result(job, expand="logEntries", max_results=1000)["logEntries"]["logEntry"]

print(
    json.dumps(
        {
            "version": bamboo.server_info()["version"],
            "projects": [each["key"] for each in bamboo.projects()],
            "project": bamboo.get_project(project)["key"],
            "project_plans": [each["key"] for each in bamboo.project_plans(project)],
            "plans": [each["key"] for each in bamboo.plans(max_results=1000)],
            "plan": bamboo.get_plan(plan)["shortKey"],
            "branches": [each["key"] for each in bamboo.plan_branches(plan)],
            "searched_branches": [each["id"] for each in bamboo.search_branches(plan)],
            "linked": [each["name"] for each in bamboo.search_linked_repositories()["searchResults"]],
            "found": [each["name"] for each in bamboo.search_linked_repositories("shared library")["searchResults"]],
            "allowed": bamboo.get_project_linked_repositories(project),
            "queued": queued["buildResultKey"],
            "queued_again": again["buildNumber"],
            "state": [result["lifeCycleState"], result["state"]],
            "job": job,
            "log": [each["unstyledLog"] for each in log],
            "latest": bamboo.build_latest_result(plan)["number"],
            "results": [each["key"] for each in bamboo.plan_results(*plan.split("-"))],
            "waiting": bamboo.get_build_queue()["queuedBuilds"]["size"],
            "java": bamboo.get_plan_specs(plan, format="JAVA")["spec"]["code"],
            "yaml": bamboo.get_plan_specs(plan)["spec"]["code"],
            "searched_plans": [each["id"] for each in bamboo.search_plans("Build 1")["searchResults"]],
        }
    )
)
