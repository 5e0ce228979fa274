"""Asks a Bitbucket Cloud through atlassian-python-api and prints what that client understood, as JSON.

Arguments: URL without /2.0, user name, name of the environment variable that holds the password, workspace, repository.
"""

import json
import logging
import os
import sys

from atlassian.bitbucket import Cloud
from requests import HTTPError


def told(call):
    """The client's answer, or the status and the sentence that it raised."""
    try:
        return call()
    except HTTPError as error:
        return {"status": error.response.status_code, "message": str(error)}


def main():
    logging.disable(logging.CRITICAL)  # the client logs what it then raises
    url, user_name, variable, workspace, slug = sys.argv[1:]
    cloud = Cloud(url=url, username=user_name, password=os.environ[variable])
    sweep = f"user/workspaces/{workspace}/permissions/repositories"
    print(
        json.dumps(
            {
                "user": told(lambda: cloud.get("user")),
                "workspaces": told(lambda: [each.slug for each in cloud.workspaces.each()]),
                "repository": told(lambda: cloud.repositories.get(workspace, slug).get_data("full_name")),
                "private": told(lambda: cloud.repositories.get(workspace, slug).is_private),
                "missing": told(lambda: cloud.repositories.get(workspace, "no-such-repository").name),
                "unknown_workspace": told(lambda: cloud.workspaces.get("no-such-workspace").slug),
                "swept": told(lambda: [each["repository"]["full_name"] for each in cloud._get_paged(sweep)]),
                "removed": told(lambda: [each.name for each in cloud.repositories.each()]),
            }
        )
    )


main()
