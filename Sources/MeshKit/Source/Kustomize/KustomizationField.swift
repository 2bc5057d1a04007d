/// What a field of a kustomization holds, as far as it leads to files: only fields that are known here are
/// passed on to kustomize, which reads keys whatever their case.
///
/// Source: `Kustomization` in sigs.k8s.io/kustomize/api/types.
indirect enum KustomizationField: Sendable {
  /// Nothing that is read from elsewhere.
  case value
  /// A file below the kustomization's folder.
  case file
  /// A file below the kustomization's folder, or `KEY=FILE`.
  case keyedFile
  /// A file below the kustomization's folder, or the text itself.
  case fileOrText
  /// A file, or a folder with a kustomization.
  case resource
  /// A folder with a kustomization.
  case folder
  /// The configuration of a generator, transformer or validator: a file, or the text itself.
  case plugin
  case list(KustomizationField)
  case object([String: KustomizationField])
  case refused(String, remedy: String)

  /// The fields of a kustomization and of a component.
  static let kustomization: [String: KustomizationField] = [
    "apiVersion": .value, "kind": .value, "metadata": .value,
    "namePrefix": .value, "nameSuffix": .value, "namespace": .value,
    "commonLabels": .value, "labels": .value, "commonAnnotations": .value,
    "images": .value, "imageTags": .value, "replicas": .value, "vars": .value,
    "sortOptions": .value, "generatorOptions": .value, "buildMetadata": .value,
    "resources": .list(.resource), "bases": .list(.folder), "components": .list(.folder),
    "crds": .list(.file), "configurations": .list(.file), "openapi": .object(["path": .file]),
    "patches": .list(.object(patch)), "patchesJson6902": .list(.object(patch)),
    "patchesStrategicMerge": .list(.fileOrText),
    "replacements": .list(.object(["path": .file, "source": .value, "targets": .value])),
    "configMapGenerator": .list(.object(configMap)),
    "generators": .list(.plugin), "transformers": .list(.plugin), "validators": .list(.plugin),
    "secretGenerator": .refused(
      "a Secret made from what is in the repository: whoever reads the repository knows it",
      remedy: "change it, and keep an ExternalSecret or SealedSecret here instead"),
    "helmCharts": helm, "helmGlobals": helm, "helmChartInflationGenerator": helm,
  ]

  private static let patch: [String: KustomizationField] = [
    "path": .file, "patch": .value, "target": .value, "options": .value,
  ]

  private static let configMap: [String: KustomizationField] = [
    "name": .value, "namespace": .value, "behavior": .value, "options": .value, "literals": .value,
    "files": .list(.keyedFile), "envs": .list(.file), "env": .file,
  ]

  private static let helm = KustomizationField.refused(
    "a Helm chart is fetched and rendered by another program",
    remedy: "render it with helm template, and commit what comes out")
}
