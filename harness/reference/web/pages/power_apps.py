"""Power Apps: environments, their solutions, the bots in them, and the layers of a bot."""

from __future__ import annotations

from starlette.requests import Request
from starlette.routing import BaseRoute

from harness.reference.bot.exports.manifests import Parcel
from harness.reference.domain.desk import User
from harness.reference.operations import environments, packages, solutions
from harness.reference.operations.organisations import Organisation, World
from harness.reference.web.pages.sites import Form, Page, Shown, Site, Upload, field
from harness.reference.web.replies import File

LARGEST = 32 * 1024 * 1024
"""Bytes of a package."""

MOST_OFFERED = 200
"""Bots that the list of what can be added shows; others are found by their names."""


def routes(world: World) -> list[BaseRoute]:
    """Everything under /power-apps/{org} that is a page."""
    site = Site(
        world, "Power Apps", "/power-apps/{org}", largest=LARGEST, opened_from="/portal/{org}"
    )
    upload = Upload(packages.read, _import, solutions.MOVERS)
    listed = "/environments/{environment}/solutions"
    one = f"{listed}/{{solution}}"
    layers = f"{one}/components/{{bot}}/layers"
    return [
        site.shows("", ENVIRONMENTS),
        site.shows("/environments/{environment}", ENVIRONMENT),
        site.shows(listed, SOLUTIONS),
        site.takes(f"{listed}/new", _create, SOLUTIONS, "The solution was not made"),
        site.receives(f"{listed}/import", upload, SOLUTIONS, "The package was not imported"),
        site.shows(one, SOLUTION),
        site.gives(f"{one}/export", _export),
        site.takes(f"{one}/add", _add, SOLUTION, "The bot was not added"),
        site.takes(f"{one}/delete", _delete, SOLUTION, "The solution was not deleted"),
        site.shows(layers, LAYERS),
        site.takes(f"{layers}/remove", _remove, LAYERS, "The layer was not removed"),
    ]


def _address(organisation: Organisation, request: Request, *rest: str) -> str:
    place = f"/power-apps/{organisation.id}/environments/{_environment(request)}/solutions"
    return "/".join((place, *rest))


def _environment(request: Request) -> str:
    return str(request.path_params["environment"])


def _solution(request: Request) -> tuple[str, str]:
    return _environment(request), str(request.path_params["solution"])


def _component(request: Request) -> tuple[str, str, str]:
    return *_solution(request), str(request.path_params["bot"])


# What is shown


def _environments(organisation: Organisation, who: User, request: Request) -> Shown:
    every = environments.every(organisation)
    return {"environments": [environments.shown(organisation, each) for each in every]}


def _here(organisation: Organisation, who: User, request: Request) -> Shown:
    found = environments.environment(organisation, _environment(request))
    return {"environment": environments.shown(organisation, found)}


def _solutions(organisation: Organisation, who: User, request: Request) -> Shown:
    listed = solutions.listed(organisation, who, _environment(request))
    return _here(organisation, who, request) | {"solutions": listed}


def _one(organisation: Organisation, who: User, request: Request) -> Shown:
    solution = solutions.seen(organisation, who, *_solution(request))
    return _here(organisation, who, request) | {
        "solution": solution,
        "addable": [] if solution["managed"] else _addable(organisation, request, solution),
        "named": _named(request),
    }


def _named(request: Request) -> str:
    return request.query_params.get("named", "").strip()


def _addable(organisation: Organisation, request: Request, solution: Shown) -> list[Shown]:
    held = {component["id"] for component in solution["components"]}
    return [
        bot
        for bot in solutions.addable(
            organisation, _environment(request), _named(request), MOST_OFFERED
        )
        if bot["id"] not in held
    ]


def _layers(organisation: Organisation, who: User, request: Request) -> Shown:
    """The layers of a component; the one that was selected shows what may be done with it."""
    listed = solutions.layers(organisation, who, *_component(request))
    bot = request.path_params["bot"]
    solution = _one(organisation, who, request)
    held = {component["id"]: component for component in solution["solution"]["components"]}
    return solution | {
        "component": held[bot],
        "layers": listed,
        "selected": request.query_params.get("layer", ""),
    }


ENVIRONMENTS = Page("power_apps/environments.html", _environments)
ENVIRONMENT = Page("power_apps/environment.html", _here)
SOLUTIONS = Page("power_apps/solutions.html", _solutions)
SOLUTION = Page("power_apps/solution.html", _one)
LAYERS = Page("power_apps/layers.html", _layers)


# What is done


def _create(organisation: Organisation, who: User, request: Request, form: Form) -> str:
    made = solutions.create(organisation, who, _environment(request), field(form, "name"))
    return _address(organisation, request, made["id"])


def _import(organisation: Organisation, who: User, request: Request, parcel: Parcel) -> str:
    brought = packages.bring(organisation, who, _environment(request), parcel)
    return _address(organisation, request, brought["id"])


def _add(organisation: Organisation, who: User, request: Request, form: Form) -> str:
    solutions.add(organisation, who, *_solution(request), field(form, "bot"))
    return _address(organisation, request, _solution(request)[1])


def _export(organisation: Organisation, who: User, request: Request) -> File:
    managed = request.query_params.get("managed") == "true"
    made = packages.exported(organisation, who, *_solution(request), managed=managed)
    return made.name, made.content


def _delete(organisation: Organisation, who: User, request: Request, form: Form) -> str:
    solutions.delete(organisation, who, *_solution(request))
    return _address(organisation, request)


def _remove(organisation: Organisation, who: User, request: Request, form: Form) -> str:
    solutions.remove_layer(organisation, who, *_component(request))
    _, solution, bot = _component(request)
    return _address(organisation, request, solution, "components", bot, "layers")
