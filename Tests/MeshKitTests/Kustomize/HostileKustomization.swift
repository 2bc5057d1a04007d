import Testing

/// A kustomization that somebody hopes will be built, and what it is refused with.
struct HostileKustomization: Sendable, CustomTestStringConvertible {
  let name: String
  /// Files besides a base in `base` and an overlay in `app`.
  let files: [String: String]
  var links: [String: String] = [:]
  let expected: String

  var testDescription: String { name }

  /// One with this text as `app/kustomization.yaml`.
  init(_ name: String, _ text: String, at place: String = "1:1", _ expected: String) {
    self.init(name, files: ["app/kustomization.yaml": text], "app/kustomization.yaml:\(place): \(expected)")
  }

  init(_ name: String, files: [String: String], links: [String: String] = [:], _ expected: String) {
    self.name = name
    self.files = files
    self.links = links
    self.expected = expected
  }
}

extension HostileKustomization {
  static let all = remote + outside + programs + shapes + parts

  private static let copy = "copy it into the repository, and name its path"

  static let remote: [HostileKustomization] =
    [
      "https://example.com/x.yaml", "HTTP://example.com/x.yaml", "git@github.com:a/b.git", "github.com/a/b",
      "GitHub.com/a/b?ref=main", "ssh://git@example.com/a", "git::https://example.com/a", "file:///etc",
      "example.com/a//b", "base?ref=main", "host:a/b", "a/_git/b", "a.git/b",
    ].map {
      HostileKustomization(
        "remote \($0)", "resources: ['\($0)']", at: "1:13",
        "\"\($0)\" is fetched from elsewhere, where it changes without a commit (resources[0]); \(copy)")
    }
    + [
      ("bases[0]", "bases: [%]", "1:9"), ("components[0]", "components: [%]", "1:14"),
      ("crds[0]", "crds: [%]", "1:8"), ("configurations[0]", "configurations: [%]", "1:18"),
      ("patchesStrategicMerge[0]", "patchesStrategicMerge: [%]", "1:25"),
      ("patches[0].path", "patches: [{path: %}]", "1:18"),
      ("patchesJson6902[0].path", "patchesJson6902: [{path: %}]", "1:26"),
      ("replacements[0].path", "replacements: [{path: %}]", "1:23"),
      ("configMapGenerator[0].files[0]", "configMapGenerator: [{files: ['a=%']}]", "1:31"),
      ("configMapGenerator[0].envs[0]", "configMapGenerator: [{envs: [%]}]", "1:30"),
      ("configMapGenerator[0].env", "configMapGenerator: [{env: %}]", "1:28"),
      ("openapi.path", "openapi: {path: %}", "1:17"), ("generators[0]", "generators: [%]", "1:14"),
      ("transformers[0]", "transformers: [%]", "1:16"), ("validators[0]", "validators: [%]", "1:14"),
    ].map { field, text, place in
      let url = "https://example.com/x"
      return HostileKustomization(
        "remote in \(field)", text.replacing("%", with: url), at: place,
        "\"\(url)\" is fetched from elsewhere, where it changes without a commit (\(field)); \(copy)")
    } + [
      HostileKustomization(
        "remote as a mapping", "patchesStrategicMerge: ['https://example.com/a: b']", at: "1:25",
        "\"https://example.com/a: b\" is fetched from elsewhere, where it changes without a commit "
          + "(patchesStrategicMerge[0]); \(copy)")
    ]

  static let outside: [HostileKustomization] = [
    HostileKustomization(
      "absolute", "resources: [/etc/passwd]", at: "1:13",
      "\"/etc/passwd\" is an absolute path (resources[0]); name it from the folder of this file"),
    HostileKustomization(
      "climbing", "configMapGenerator: [{name: a, files: [p=../../etc/passwd]}]", at: "1:40",
      "\"../../etc/passwd\" leads out of the repository (configMapGenerator[0].files[0]); \(copy)"),
    HostileKustomization(
      "down and up", "resources: [../base/../../x]", at: "1:13",
      "\"../base/../../x\" leads out of the repository (resources[0]); \(copy)"),
    HostileKustomization(
      "a file beside", "patches: [{path: ../base/objects.yaml}]", at: "1:18",
      "base/objects.yaml is not below app (patches[0].path); "
        + "move it there, or refer to a base or component that has it"),
    HostileKustomization(
      "missing", "resources: [objects.yml]", at: "1:13",
      "the commit has nothing at \"app/objects.yml\" (resources[0]); "
        + "check the path, and that it is committed"),
    HostileKustomization(
      "a link below", files: [:], links: ["app/link": "/etc/passwd"],
      "app/link: a symbolic link below a kustomization, which is not followed; put the file itself there"),
    HostileKustomization(
      "a link as the kustomization", files: [:], links: ["other/kustomization.yaml": "../app/x"],
      "other/kustomization.yaml: \"other/kustomization.yaml\" is a symbolic link, which is not followed; "
        + "put the file itself there"),
    HostileKustomization(
      "through a link", files: ["app/kustomization.yaml": "resources: [../linked/web]"],
      links: ["linked": "base"],
      "app/kustomization.yaml:1:13: \"linked\" is a symbolic link, which is not followed (resources[0]); "
        + "put what is needed into the repository itself"),
  ]

  static let programs: [HostileKustomization] =
    ["helmCharts", "helmGlobals", "helmChartInflationGenerator"].map {
      HostileKustomization(
        $0, "\($0): [{name: a}]", at: "1:\($0.count + 3)",
        "a Helm chart is fetched and rendered by another program (\($0)); "
          + "render it with helm template, and commit what comes out")
    } + [
      HostileKustomization(
        "Secrets", "secretGenerator: [{name: a, literals: [b=c]}]", at: "1:18",
        "a Secret made from what is in the repository: whoever reads the repository knows it "
          + "(secretGenerator); change it, and keep an ExternalSecret or SealedSecret here instead"),
      HostileKustomization(
        "a plug-in in the text", "generators:\n  - |\n    apiVersion: example.com/v1\n    kind: Exec\n",
        at: "2:5", plugin("Exec", "generators[0]")),
      HostileKustomization(
        "a plug-in in a file",
        files: [
          "app/kustomization.yaml": "transformers: [plugin.yaml]",
          "app/plugin.yaml": """
          apiVersion: builtin
          kind: LabelTransformer
          metadata:
            name: a
            annotations:
              config.kubernetes.io/function: "container: {image: example.com/x}"
          """,
        ], "app/plugin.yaml:1:1: " + plugin("LabelTransformer", "kind")),
      HostileKustomization(
        "a chart as a plug-in",
        files: [
          "app/kustomization.yaml": "generators: [plugin.yaml]",
          "app/plugin.yaml": "apiVersion: builtin\nkind: HelmChartInflationGenerator\n",
        ], "app/plugin.yaml:1:1: " + plugin("HelmChartInflationGenerator", "kind")),
    ]

  static let shapes: [HostileKustomization] = [
    HostileKustomization(
      "a field in capitals", "HelmCharts: []", "\"HelmCharts\" is not a field that is built; write helmCharts"
    ),
    HostileKustomization(
      "a nested field in capitals", "patches: [{Path: https://example.com}]", at: "1:12",
      "\"Path\" is not a field that is built; write path"),
    HostileKustomization(
      "a field with a long s", "re\u{17F}ources: [a]",
      "\"re\u{17F}ources\" is not a field that is built; remove it"),
    HostileKustomization(
      "a hidden text", "resources: [!!binary aHR0cDovL2E=]", at: "1:13",
      "the tag !!binary is not read; remove the tag"),
    HostileKustomization(
      "a text for a list", "resources: a", at: "1:12",
      "not a list (resources); write each entry on a line with a dash"),
    HostileKustomization(
      "a mapping for a path", "resources: [{a: b}]", at: "1:13",
      "not a path (resources[0]); name a file or folder"),
    HostileKustomization(
      "a number for a path", "resources: [1]", at: "1:13",
      "not a path (resources[0]); put it in quotes if it is one"),
    HostileKustomization(
      "another kind", "apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\n",
      "neither a Kustomization nor a Component of kustomize.config.k8s.io; "
        + "give the file another name, or build it with kustomize"),
    HostileKustomization(
      "no kustomization", files: ["app/kustomization.yaml": "[]"],
      "app/kustomization.yaml: not one mapping; write the fields of one kustomization"),
  ]

  static let parts: [HostileKustomization] = [
    HostileKustomization(
      "a part of itself",
      files: [
        "app/kustomization.yaml": "resources: [../base]", "base/kustomization.yaml": "resources: [../app]",
      ],
      "base/kustomization.yaml: the kustomization is a part of itself: app refers to base, "
        + "which refers to it again; remove one of the references"),
    HostileKustomization(
      "two in one folder", files: ["app/Kustomization": ""],
      "app/Kustomization: a second kustomization in the folder; the first is app/kustomization.yaml; keep one"
    ),
    HostileKustomization(
      "a folder without one", files: ["app/kustomization.yaml": "resources: [web]", "app/web/a.yaml": ""],
      "app/kustomization.yaml:1:13: app/web has no kustomization.yaml (resources[0]); "
        + "add one, or name its files"),
    HostileKustomization(
      "a part of the topology in it",
      files: ["app/cache.yaml": "apiVersion: meshctl.dev/v1alpha1\nkind: RedisCluster\n"],
      "app/cache.yaml:1:1: a part of the topology below a kustomization, where it is not read; "
        + "move it out of the folder, or the kustomization into one of its own"),
    HostileKustomization(
      "a base used twice a layer, ten layers deep",
      files: Dictionary(
        uniqueKeysWithValues: (0..<10).map { layer in
          let next = layer == 9 ? "base" : "layer\(layer + 1)"
          return ("layer\(layer)/kustomization.yaml", "resources: [../\(next), ../\(next)]")
        }),
      "layer0/kustomization.yaml: it is made of more than 500 kustomizations, counting each use; "
        + "refer to each base once"),
    HostileKustomization(
      "a large file", files: ["app/large.txt": String(repeating: "x", count: 1_048_577)],
      "app/large.txt: the file has 1048577 bytes; at most 1048576 are built; split it"),
  ]

  private static func plugin(_ kind: String, _ field: String) -> String {
    "\"\(kind)\" is a plug-in, and plug-ins are not run (\(field)); use the kustomization's own fields, or "
      + "AnnotationsTransformer, HashTransformer, ImageTagTransformer, LabelTransformer, NamespaceTransformer, "
      + "PrefixTransformer, ReplicaCountTransformer, SuffixTransformer"
  }
}
