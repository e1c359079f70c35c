"""What differs between a public description of the service and our own, place by place.

Both are walked side by side from the routes on, through every reference. So schemas that only have another
name, or that are inline on one side, are equal, and whatever no route leads to is ignored. A general differ
of JSON can do neither, so none is used here. Our prose is our own and is not compared; two versions of the
public description can be compared with their prose.
"""

from __future__ import annotations

import difflib
import json
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Literal, cast

from ..client import media, naming
from ..client.spec import IN_PATH, pointer_to
from .document import (
    Named,
    Operations,
    inlined,
    is_choice,
    is_listing,
    kind_of,
    members_of,
    merged_schema,
    normal_form,
    operations_of,
    renamed,
    resolve,
    schemas_in,
    security_of,
    written_style,
)

Impact = Literal["breaking", "additive", "prose"]
Kind = Literal["added", "removed", "changed"]
ABSENT = "absent"
PROSE = ("summary", "description", "title", "example", "examples", "externalDocs")
LOWER_LIMITS = ("minimum", "minLength", "minItems", "minProperties")
UPPER_LIMITS = ("maximum", "maxLength", "maxItems", "maxProperties")
OTHER_LIMITS = ("pattern", "multipleOf", "uniqueItems", "exclusiveMinimum", "exclusiveMaximum")


@dataclass(frozen=True)
class Change:
    """One difference.

    Attributes:
        pointer: The place in our file, as a JSON pointer that names parameters, required fields and enum values
            instead of counting them.
        where: The route or schema, for people.
        kind: Whether the public description adds, removes or changes something.
        what: What it is, in a sentence.
        impact: What following the public description would do to users.
        python: Functions, parameters and attributes that it affects.
        public: Value in the public description.
        ours: Value in our file.
        node: What the public description holds there, if it is new.
        schemas: Named schemas that the node refers to and our file lacks.
    """

    pointer: str
    where: str
    kind: Kind
    what: str
    impact: Impact
    python: tuple[str, ...]
    public: Any
    ours: Any
    node: Any = field(default=None, compare=False)
    schemas: dict[str, Any] = field(default_factory=dict[str, Any], compare=False)


def compare(ours: dict[str, Any], public: dict[str, Any], *, prose: bool = False) -> list[Change]:
    """The differences that following ``public`` would bring to ``ours``, routes first."""
    return _Walk(normal_form(ours), normal_form(public), prose).run()


@dataclass
class _Place:
    """A place in our file: its pointer, its name for people, and which way its values travel."""

    pointer: str
    where: str
    python: str
    request: bool

    def at(self, *tokens: str, python: str | None = None, where: str | None = None) -> _Place:
        below = self.pointer + pointer_to(*tokens)[1:]
        return _Place(below, where or self.where, self.python if python is None else python, self.request)


@dataclass
class _Walk:
    ours: dict[str, Any]
    public: dict[str, Any]
    prose: bool
    changes: list[Change] = field(default_factory=list[Change])
    seen: set[tuple[str, str, bool]] = field(default_factory=set[tuple[str, str, bool]])
    open: list[tuple[str, str]] = field(default_factory=list[tuple[str, str]])

    def run(self) -> list[Change]:
        urls = [cast(str, next(iter(d.get("servers") or [{}])).get("url", ABSENT)) for d in (self.ours, self.public)]
        root = _Place("#", "The API", "", request=False)
        self.value(root.at("servers", "0", "url"), "The base URL", (urls[1], urls[0]), "breaking")
        others = [[server.get("url") for server in (d.get("servers") or [])[1:]] for d in (self.public, self.ours)]
        self.value(root.at("servers"), "The additional base URLs", others, "additive")
        ours, public = operations_of(self.ours), operations_of(self.public)
        public = self.with_our_paths(public, ours)
        for key in [*ours, *(key for key in public if key not in ours)]:
            method, path = key
            place = _Place(
                pointer_to("paths", path, method),
                f"{method.upper()} {path}",
                naming.function_name(method, path) + "()",
                request=True,
            )
            if key not in ours:
                hint = _likely(path, [p for m, p in ours.keys() - public.keys() if m == method])
                note = f"; is it {method.upper()} {hint} under a new name?" if hint else ""
                self.add(place, "added", f"New route{note}", "additive", _facts(public[key]), ABSENT, public[key])
            elif key not in public:
                hint = _likely(path, [p for m, p in public.keys() - ours.keys() if m == method])
                note = f"; is it now {method.upper()} {hint}?" if hint else ""
                self.add(place, "removed", f"The route is gone{note}", "breaking", ABSENT, "described")
            else:
                self.operation(place, public[key], ours[key])
        return self.with_schemas(_unique(self.changes))

    def with_our_paths(self, public: Operations, ours: Operations) -> Operations:
        """The public operations; a path that differs from ours only in the names of its parameters is the same."""
        shapes: dict[str, set[str]] = {}
        for _, path in ours.keys() | public.keys():
            shapes.setdefault(IN_PATH.sub("{}", path), set()).add(path)
        own, theirs = ({path for _, path in operations} for operations in (ours, public))
        renamed: dict[str, tuple[str, dict[str, str]]] = {}
        for paths in shapes.values():
            if len(paths) == 2 and len(gone := paths - theirs) == 1 and len(new := paths - own) == 1:
                path, now = *gone, *new
                pairs = zip(IN_PATH.findall(now), IN_PATH.findall(path), strict=True)
                renamed[now] = path, {name: old for name, old in pairs if name != old}
        for now, (path, names) in renamed.items():
            place = _Place(pointer_to("paths", path), path, "", request=True)
            said = " and ".join(f"{old} is now called {name}" for name, old in names.items())
            self.add(place, "changed", f"The path parameter {said}", "breaking", now, path)
        result: Operations = {}
        for (method, path), operation in public.items():
            ours_path, names = renamed.get(path, (path, {}))
            result[method, ours_path] = {**operation, "parameters": self.called(operation["parameters"], names)}
        return result

    def called(self, parameters: list[Any], names: dict[str, str]) -> list[Any]:
        return [
            {**each, "name": names.get(each["name"], each["name"])} if each["in"] == "path" else each
            for each in map(self.resolve_public, parameters)
        ]

    def with_schemas(self, changes: list[Change]) -> list[Change]:
        """The changes, with our names of schemas in the nodes; each further schema is shown where it is first used."""
        names = {theirs: own for own, theirs, _ in self.seen if not theirs.startswith("#")}
        shown = set(self.ours.get("components", {}).get("schemas", {}))
        known = self.public.get("components", {}).get("schemas", {})
        result: list[Change] = []
        for change in changes:
            node = renamed(inlined(self.public, change.node), names)
            schemas: dict[str, Any] = {}
            waiting = schemas_in(node)
            while waiting:
                name = waiting.pop(0)
                if name not in shown and name in known:  # a reference may lead to a field
                    shown.add(name)
                    schemas[name] = renamed(known[name], names)
                    waiting += schemas_in(schemas[name])
            result.append(replace(change, node=node, schemas=schemas))
        return result

    def operation(self, place: _Place, public: dict[str, Any], ours: dict[str, Any]) -> None:
        self.words(place, public, ours)
        security = [security_of(d, node) for d, node in ((self.public, public), (self.ours, ours))]
        # A credential that is no longer required, or no longer the only one, may still be sent.
        kinds = [set(each.split(" or ")) for each in security]
        # The function of a route that takes nothing but a key has an argument for it.
        is_wider = ("none" in kinds[0] or kinds[1] <= kinds[0]) and kinds[1] != {"apiKey"}
        self.value(place.at("security"), "The credential", security, "additive" if is_wider else "breaking")
        self.flag(place, "deprecated", public, ours, "additive", "deprecated")
        own_servers = [[server.get("url") for server in node.get("servers") or []] for node in (public, ours)]
        self.value(place.at("servers"), "The base URL of this route", own_servers, "breaking")
        theirs = {(p["in"], p["name"]): p for p in map(self.resolve_public, public.get("parameters", []))}
        own = {(p["in"], p["name"]): p for p in map(self.resolve_ours, ours.get("parameters", []))}
        gone, new = own.keys() - theirs.keys(), theirs.keys() - own.keys()
        for key in [*own, *(key for key in theirs if key not in own)]:
            others = [name for where, name in (new if key in gone else gone) if where == key[0]]
            hint = (_likely(key[1], others, 0.5) or "") if key in gone | new else ""
            self.parameter(place, key, theirs.get(key), own.get(key), ours.get("operationId", ""), hint)
        self.body(place, self.resolve_public(public.get("requestBody")), self.resolve_ours(ours.get("requestBody")))
        self.answers(place, public.get("responses", {}), ours.get("responses", {}))
        listing = [is_listing(d, node) for d, node in ((self.public, public), (self.ours, ours))]
        self.value(place, "Whether the function follows the pages and returns their items:", listing, "breaking")

    def parameter(
        self, place: _Place, key: tuple[str, str], public: Any, ours: Any, operation_id: str, hint: str
    ) -> None:
        location, wire = key
        name = naming.parameter_name(operation_id, wire, location)
        below = place.at("parameters", wire, python=f"{place.python[:-1]}{name}=)")
        label = f"{location} parameter {wire}"
        if ours is None:
            required = bool(public.get("required"))
            what = f"New {'required' if required else 'optional'} {label}"
            what += f"; is it {hint} under a new name?" if hint else ""
            self.add(below, "added", what, "breaking" if required else "additive", _facts(public), ABSENT, public)
        elif public is None:
            note = f"; is it now {hint}?" if hint else ""
            self.add(below, "removed", f"The {label} is gone{note}", "breaking", ABSENT, "described")
        else:
            self.words(below, public, ours)
            required = [bool(node.get("required")) for node in (public, ours)]
            word = "required" if required[0] else "optional"
            impact: Impact = "breaking" if required[0] else "additive"
            self.value(below.at("required"), f"The {label} is now {word}:", required, impact)
            self.flag(below, "deprecated", public, ours, "additive", f"the {label}: deprecated")
            for key in ("style", "explode"):
                values = [written_style(node)[key] for node in (public, ours)]
                self.value(below.at(key), f"The {key} of the {label}", values, "breaking")
            # None leaves a parameter out, whether it may be null or not.
            own = {**ours.get("schema", {}), "x-required": False}
            self.schema(below.at("schema"), public.get("schema", {}), own, f"the {label}")

    def body(self, place: _Place, public: Any, ours: Any) -> None:
        below = place.at("requestBody", python=f"{place.python[:-1]}payload)")
        if (public is None) != (ours is None):
            kind: Kind = "added" if ours is None else "removed"
            what = "The route now takes a body" if ours is None else "The route no longer takes a body"
            self.add(below, kind, what, "breaking", _presence(public), _presence(ours))
        elif public is not None:
            self.words(below, public, ours)
            required = [bool(node.get("required")) for node in (public, ours)]
            impact: Impact = "breaking" if required[0] else "additive"
            self.value(below.at("required"), "Whether a body must be sent", required, impact)
            self.content(below, public, ours, "the body", "breaking", media.SENT)

    def answers(self, place: _Place, public: dict[str, Any], ours: dict[str, Any]) -> None:
        has_body = {code: bool(self.resolve_ours(ours[code]).get("content")) for code in ours if code.startswith("2")}
        for code in sorted(public.keys() | ours.keys()):
            below = place.at("responses", code)
            impact: Impact = "breaking" if code.startswith("2") else "additive"
            if code not in ours:
                new = bool(self.resolve_public(public[code]).get("content"))
                if code.startswith("2") and {*has_body.values()} == {not new}:
                    what = f"New response {code}, {'with' if new else 'without'} a body: the function may return "
                    what += "a value" if new else "None"
                    self.add(below, "added", what, "breaking", "described", ABSENT)
                else:
                    self.add(below, "added", f"New response {code}", "additive", "described", ABSENT)
            elif code not in public:
                self.add(below, "removed", f"The response {code} is gone", impact, ABSENT, "described")
            else:
                theirs, own = self.resolve_public(public[code]), self.resolve_ours(ours[code])
                self.words(below, theirs, own)
                below.request = False
                headers = [", ".join(sorted(node.get("headers") or {})) or "none" for node in (theirs, own)]
                self.value(below.at("headers"), f"The headers of the response {code}", headers, "additive")
                self.headers(below, theirs.get("headers") or {}, own.get("headers") or {}, f"of the response {code}")
                self.content(below, theirs, own, f"the response {code}", impact, media.READ)

    def headers(self, place: _Place, theirs: dict[str, Any], own: dict[str, Any], label: str) -> None:
        for name in sorted(theirs.keys() & own.keys()):
            nodes = self.resolve_public(theirs[name]), self.resolve_ours(own[name])
            documents = self.public, self.ours
            kinds = [
                kind_of(document, merged_schema(document, node.get("schema", {}))[0])
                for document, node in zip(documents, nodes, strict=True)
            ]
            self.value(place.at("headers", name), f"The type of the header {name} {label}", kinds, "additive")

    def content(
        self, place: _Place, public: Any, ours: Any, label: str, impact: Impact, order: tuple[str, ...]
    ) -> None:
        theirs, own = (cast("dict[str, Any]", node.get("content") or {}) for node in (public, ours))
        kinds = [", ".join(sorted(node)) or "nothing" for node in (theirs, own)]
        # The client uses one of them.
        used = [media.choose(node, order) for node in (theirs, own)]
        is_unused = used[0] == used[1] if any(used) else bool(own) and own.keys() <= theirs.keys()
        self.value(place.at("content"), f"The media type of {label}", kinds, "additive" if is_unused else impact)
        for name in sorted(theirs.keys() & own.keys()):
            below = place.at("content", name, "schema")
            is_certain = order is media.READ or bool(ours.get("required"))
            own_schema = {**own[name].get("schema", {}), "x-required": is_certain}
            self.schema(below, theirs[name].get("schema", {}), own_schema, label)

    def schema(self, place: _Place, public: Any, ours: Any, label: str) -> None:
        """Compare a schema in its place: first what the place adds, then what the schema itself says."""
        theirs, their_name = merged_schema(self.public, public)
        own, own_name = merged_schema(self.ours, ours)
        references = [str(node.get("$ref")) if isinstance(node, dict) else "" for node in (public, ours)]
        pair = (references[0], references[1])
        if "None" not in pair and pair in self.open:
            return  # a schema that refers to itself
        self.open.append(pair)
        try:
            self.placed(place, public, ours, (theirs, their_name), (own, own_name), label)
        finally:
            self.open.pop()

    def placed(self, place: _Place, public: Any, ours: Any, resolved: Named, own_resolved: Named, label: str) -> None:
        (theirs, their_name), (own, own_name) = resolved, own_resolved
        self.words(place, public, ours)
        null = [bool(node.get("nullable")) for node in (theirs, own)]
        # An optional field is None if it is absent.
        is_certain = bool(own.get("x-required", True))
        is_breaking = is_certain and null[0] != place.request
        word = "can now be null" if null[0] else "is no longer null"
        self.value(place.at("nullable"), f"{_capital(label)} {word}:", null, "breaking" if is_breaking else "additive")
        # A constructor then requires the field, or a response does not hold it.
        for key, breaks in (("readOnly", place.request), ("writeOnly", not place.request), ("deprecated", False)):
            breaks = breaks and bool(own.get("x-required")) and bool(theirs.get(key)) == (key == "writeOnly")
            self.flag(place, key, theirs, own, "breaking" if breaks else "additive", f"{label}: {key}")
        self.value(place.at("default"), f"The default of {label}", _both("default", theirs, own), "additive")
        self.named(place, (theirs, their_name), (own, own_name), label)

    def named(self, place: _Place, public: Named, ours: Named, label: str) -> None:
        """Compare two schemas: if ours has a name, at the named schema, and only once."""
        (theirs, their_name), (own, own_name) = public, ours
        if own_name:
            key = (own_name, their_name or place.pointer, place.request)
            if key in self.seen:
                return
            self.seen.add(key)
            place = _Place(pointer_to("components", "schemas", own_name), own_name, own_name, place.request)
            self.words(place, theirs, own)
        self.content_of(place, theirs, own, own_name or label)

    def content_of(self, place: _Place, theirs: dict[str, Any], own: dict[str, Any], label: str) -> None:
        kinds = [kind_of(d, node) for d, node in ((self.public, theirs), (self.ours, own))]
        if kinds[0] != kinds[1]:
            self.value(place.at("type"), f"The type of {label}", kinds, "breaking")
        mapping = [node.get("discriminator", ABSENT) for node in (theirs, own)]
        self.value(place.at("discriminator"), f"What distinguishes the kinds of {label}", mapping, "breaking")
        if is_choice(theirs) or is_choice(own):
            members = [members_of(self.public, theirs), members_of(self.ours, own)]
            for kind in members[0].keys() & members[1].keys():
                self.named(place, members[0][kind], members[1][kind], label)
            return
        if kinds[0] != kinds[1]:
            return
        if "enum" in own and "enum" in theirs:
            self.values(place, theirs["enum"], own["enum"])
        elif "enum" in own or "enum" in theirs:
            listed = [", ".join(str(value) for value in node.get("enum", [])) or "any" for node in (theirs, own)]
            # A class disappears, or a request must use these values.
            impact: Impact = "breaking" if "enum" in own or place.request else "additive"
            self.value(place.at("enum"), f"The values of {label}", listed, impact)
        self.limits(place, theirs, own, label)
        if "items" in own and "items" in theirs:
            self.schema(place.at("items"), theirs["items"], own["items"], f"an item of {label}")
        if "properties" in own or "properties" in theirs:
            self.fields(place, theirs, own)
        inner = [node.get("additionalProperties") for node in (theirs, own)]
        closed = [node is False for node in inner]
        self.value(
            place.at("additionalProperties"),
            f"Whether {label} allows no other fields:",
            closed,
            "breaking" if closed[0] and place.request else "additive",
        )
        if all(isinstance(node, dict) for node in inner):
            self.schema(place.at("additionalProperties"), inner[0], inner[1], f"a value of {label}")

    def fields(self, place: _Place, theirs: dict[str, Any], own: dict[str, Any]) -> None:
        public, ours = theirs.get("properties", {}), own.get("properties", {})
        required = [set(cast("list[str]", node.get("required", []))) for node in (theirs, own)]
        for wire in (known := [*ours, *(wire for wire in public if wire not in ours)]):
            attribute = naming.attribute_name(wire, known)
            python = f"{place.python}.{attribute}" if place.python.isidentifier() else place.python
            below = place.at("properties", wire, python=python, where=f"{place.where}.{wire}")
            if wire not in ours:
                must = wire in required[0] and place.request
                what = "New required field" if must else "New field"
                impact: Impact = "breaking" if must else "additive"
                self.add(below, "added", what, impact, _facts(public[wire]), ABSENT, public[wire])
            elif wire not in public:
                self.add(below, "removed", "The field is gone", "breaking", ABSENT, "described")
            else:
                here = [wire in names for names in required]
                word = "required" if here[0] else "optional"
                # A constructor then requires more, or an attribute that was always present may be None.
                impact = "breaking" if here[0] == place.request else "additive"
                at = place.at("required", wire, python=python, where=below.where)
                self.value(at, f"Now {word}: required", here, impact)
                marked = {**ours[wire], "x-required": here[1]}
                self.schema(below, public[wire], marked, f"{place.where}.{wire}")

    def values(self, place: _Place, public: list[Any], ours: list[Any]) -> None:
        for value in [*ours, *(value for value in public if value not in ours)]:
            if value is None:
                continue
            python = f"{place.python}.{naming.member_name(value)}" if place.python.isidentifier() else place.python
            below = place.at("enum", str(value), python=python)
            if value not in ours:
                self.add(below, "added", f"New value {value}", "additive", value, ABSENT)
            elif value not in public:
                self.add(below, "removed", f"The value {value} is gone", "breaking", ABSENT, value)

    def limits(self, place: _Place, theirs: dict[str, Any], own: dict[str, Any], label: str) -> None:
        for key in (*LOWER_LIMITS, *UPPER_LIMITS, *OTHER_LIMITS, "format"):
            public, ours = theirs.get(key, ABSENT), own.get(key, ABSENT)
            narrower = public != ABSENT
            if key in LOWER_LIMITS + UPPER_LIMITS and ABSENT not in (public, ours):
                narrower = public > ours if key in LOWER_LIMITS else public < ours
            impact: Impact = "breaking" if narrower and place.request and key != "format" else "additive"
            if key == "format" and "binary" in (public, ours):
                impact = "breaking"  # texts become bytes, or the other way about
            self.value(place.at(key), f"The {key} of {label}", (public, ours), impact)

    def flag(self, place: _Place, key: str, public: Any, ours: Any, impact: Impact, label: str) -> None:
        values = [bool(node.get(key)) for node in (public, ours)]
        self.value(place.at(key), f"{_capital(label)}:", values, impact)

    def words(self, place: _Place, public: Any, ours: Any) -> None:
        for key in PROSE if self.prose else ():
            values = [node.get(key, ABSENT) if isinstance(node, dict) else ABSENT for node in (public, ours)]
            if values[0] != values[1]:
                self.add(place.at(key), "changed", f"Another {key}", "prose", values[0], values[1])

    def value(self, place: _Place, label: str, values: Sequence[Any], impact: Impact) -> None:
        """Record a value that differs; the public one comes first."""
        public, ours = values
        if public != ours:
            what = f"{label} {shown(ours)} → {shown(public)}"
            self.add(place, "changed", what, impact, public, ours)

    def add(
        self, place: _Place, kind: Kind, what: str, impact: Impact, public: Any, ours: Any, node: Any = None
    ) -> None:
        python = (place.python,) if place.python else ()
        self.changes.append(Change(place.pointer, place.where, kind, what, impact, python, public, ours, node))

    def resolve_public(self, node: Any) -> Any:
        return resolve(self.public, node)

    def resolve_ours(self, node: Any) -> Any:
        return resolve(self.ours, node)


def _facts(node: Any) -> str:
    """A value short enough for the ledger, which differs whenever the public description does."""
    if isinstance(node, dict):
        kept = {key: value for key, value in cast("dict[str, Any]", node).items() if key not in PROSE}
        return json.dumps(kept, sort_keys=True) if len(json.dumps(kept)) < 200 else "described"
    return str(node)


def _presence(node: Any) -> str:
    return ABSENT if node is None else "described"


def _both(key: str, public: dict[str, Any], ours: dict[str, Any]) -> tuple[Any, Any]:
    return public.get(key, ABSENT), ours.get(key, ABSENT)


def shown(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _capital(label: str) -> str:
    return label[:1].upper() + label[1:]


def _likely(name: str, others: list[str], cutoff: float = 0.75) -> str | None:
    return next(iter(difflib.get_close_matches(name, sorted(others), n=1, cutoff=cutoff)), None)


def _unique(changes: list[Change]) -> list[Change]:
    """A schema that travels both ways is compared twice; the more serious impact counts."""
    order: dict[tuple[str, str], Change] = {}
    ranks = {"breaking": 0, "additive": 1, "prose": 2}
    for change in changes:
        old = order.get((change.pointer, change.kind))
        if old is None or ranks[change.impact] < ranks[old.impact]:
            order[change.pointer, change.kind] = change
    return sorted(order.values(), key=lambda change: not change.pointer.startswith(("#/paths", "#/servers")))
