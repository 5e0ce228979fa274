"""Reads a Bamboo through atlassian-python-api and prints what it understood, as JSON."""

import json
import os
import sys

from atlassian import Bamboo

url, project, plan = sys.argv[1:]
bamboo = Bamboo(url=url, token=os.environ["CLIENT_TOKEN"])

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
            "searched_plans": [each["id"] for each in bamboo.search_plans("Build 1")["searchResults"]],
        }
    )
)
