#!/usr/bin/env python3
"""Writes BuiltInTypes.swift from the public Go types of the Kubernetes API: how each field is written and numbered.

    generate.py kubernetes-schema.json VERSION OUTPUT PACKAGE=FILE.go[,FILE.go…] …

PACKAGE is a prefix of the schema's definition names, such as io.k8s.api.core.v1; the files are its types.go and the
like. Only names, numbers and the shape of the types are taken.

A struct is one line: its name, then a word for each field: the JSON name, `=`, the number in protobuf (0 for none), a
letter that says when the server writes the field, and the type.

    a always  n when not zero or empty  p when set (a pointer)  l always, null when empty  i its fields are the struct's

    s string  y bytes  i integer  n number  b Boolean  q Quantity  t Time  T MicroTime  p IntOrString  d Duration
    o RawExtension  f FieldsV1  x JSON  @NAME a struct  [TYPE a list  {TYPE a map  *TYPE a message of items
    A B C a schema or a list of them, a Boolean, a list of strings
"""
import json
import re
import sys

facts = json.load(open(sys.argv[1]))["definitions"]
version, output = sys.argv[2], sys.argv[3]
short = {}
for name in sorted(facts):
    stem = name.rsplit(".", 1)[-1]
    if stem in short.values():
        parts = name.split(".")
        stem = parts[-1] + "@" + ".".join(parts[-3:-1])
    short[name] = stem

META = "io.k8s.apimachinery.pkg.apis.meta.v1"
IMPORTS = {"metav1": META, "runtime": "runtime", "types": "types", "intstr": "intstr", "resource": "resource"}
SPECIAL = {
    META + ".Time": "t", META + ".MicroTime": "T", META + ".Duration": "d", META + ".FieldsV1": "f",
    "runtime.RawExtension": "o", "intstr.IntOrString": "p", "resource.Quantity": "q", "types.UID": "s",
    "types.NodeName": "s", "types.NamespacedName": "s", "runtime.Object": "o",
    "io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.JSON": "x",
    "io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.JSONSchemaPropsOrArray": "A",
    "io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.JSONSchemaPropsOrBool": "B",
    "io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.JSONSchemaPropsOrStringArray": "C",
}
BASIC = {
    "string": "s", "bool": "b", "int": "i", "int32": "i", "int64": "i", "uint32": "i", "uint64": "i", "uint": "i",
    "uint8": "i", "int16": "i", "float64": "n", "float32": "n", "[]byte": "y",
}

structs, aliases, nullable, imports = {}, {}, set(), {}
for argument in sys.argv[4:]:
    package, files = argument.split("=")
    known = imports.setdefault(package, dict(IMPORTS))
    for path in files.split(","):
        text = open(path).read()
        for alias, target in re.findall(r'^\s*(\w+)\s+"k8s\.io/api/([\w/]+)"', text, re.M):
            known[alias] = "io.k8s.api." + target.replace("/", ".")
        wants_message = False
        lines = iter(text.split("\n"))
        for line in lines:
            if "+protobuf.nullable=true" in line:
                wants_message = True
            match = re.match(r"type (\w+) struct\s*\{", line)
            if match and line.rstrip().endswith("}"):
                structs[package + "." + match.group(1)] = []
                continue
            if match:
                fields = []
                for line in lines:
                    if line.startswith("}"):
                        break
                    field = re.match(r"\s+(?:(\w+)\s+)?([\w.\[\]*]+)\s+`(.*)`", line)
                    if field:
                        fields.append(field.groups())
                structs[package + "." + match.group(1)] = fields
                continue
            match = re.match(r"type (\w+) (=\s*)?([\w.\[\]*]+)$", line.split("//")[0].rstrip())
            if match:
                aliases[package + "." + match.group(1)] = match.group(3)
                if wants_message:
                    nullable.add(package + "." + match.group(1))
                wants_message = False


def qualified(name, package):
    if "." in name:
        prefix, stem = name.split(".")
        return imports[package][prefix] + "." + stem
    return package + "." + name


used = []


def type_of(text, package):
    if text.startswith("*"):
        return type_of(text[1:], package)
    if text in BASIC:
        return BASIC[text]
    if text.startswith("[]"):
        return "[" + type_of(text[2:], package)
    if text.startswith("map["):
        return "{" + type_of(text[text.index("]") + 1:], package)
    full = qualified(text, package)
    if full in SPECIAL:
        return SPECIAL[full]
    if full in structs:
        if full not in used:
            used.append(full)
        return "@" + called(full)
    inner = type_of(aliases[full], full.rsplit(".", 1)[0])
    return "*" + inner if full in nullable else inner


def called(full):
    if full in short:
        return short[full]
    parts = full.split(".")
    return parts[-1] + "@" + ".".join(parts[-3:-1])


def presence(go_type, kind, options):
    if go_type.startswith("*"):
        return "p" if "omitempty" in options or "omitzero" in options else "l"
    if kind[0] in "[{*y":
        return "n" if "omitempty" in options or "omitzero" in options else "l"
    if kind[0] in "@tTqpdofxABC":
        return "n" if "omitzero" in options else "a"
    return "n" if "omitempty" in options else "a"


def line_of(full):
    package = full.rsplit(".", 1)[0]
    words = [called(full)]
    for name, go_type, tags in structs[full]:
        values = dict(re.findall(r'(\w+):"([^"]*)"', tags))
        if "json" not in values or values["json"] == "-":
            continue
        json_name, *options = values["json"].split(",")
        number = values.get("protobuf", "0,0").split(",")[1]
        kind = type_of(go_type, package)
        if "inline" in options or (name is None and not json_name):
            if qualified(go_type.lstrip("*"), package) == META + ".TypeMeta":
                words += ["apiVersion=0ns", "kind=0ns"]
            else:
                words.append("-=%si%s" % (number, kind))
            continue
        words.append("%s=%s%s%s" % (json_name, number, presence(go_type, kind, options), kind))
    return " ".join(words)


for name in sorted(facts):
    if name in structs and name not in used:
        used.append(name)
for extra in ("DeleteOptions", "CreateOptions", "PatchOptions", "UpdateOptions", "PartialObjectMetadata"):
    if META + "." + extra not in used:
        used.append(META + "." + extra)
lines = []
for full in used:  # grows while it is walked
    lines.append(line_of(full))
missing = [n for n in facts if "fields" in facts[n] and n not in structs]
if missing:
    print("without a Go type:", missing, file=sys.stderr)
with open(output, "w") as file:
    file.write("// Generated by generate.py from the API of Kubernetes %s (Apache-2.0). Do not edit.\n\n" % version)
    file.write("enum BuiltInTypes {\n  /// A struct a line; see generate.py.\n  static let structs = #\"\"\"\n")
    file.write("\n".join("    " + line for line in sorted(lines)))
    file.write("\n    \"\"\"#\n}\n")
