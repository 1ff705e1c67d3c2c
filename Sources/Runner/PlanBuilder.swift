import Auditing
import Datasets
import Figures
import Files
import Measurements
import Pipeline
import Reports
import Sections
import Specs

/// Everything besides the analysis that its plan is made with.
package struct RunSetting: Sendable {
  /// The data catalogue.
  package var catalog: Catalog
  /// The folders in which local copies of data files are looked for.
  package var location: DataLocation
  /// Draws figures.
  package var renderer: any FigureRenderer
  /// The report's templates.
  package var templates: TemplateSet
  /// Publications by key.
  package var bibliography: [BibliographyEntry]
  /// The tool's version.
  package var version: String
  /// SHA-256 of the spec's file.
  package var specDigest: String
  /// The engine that measures architectures; nil for analyses without measurements.
  package var engine: (any ArchitectureMeasuring)?
  /// Decides where evaluations are made, of which no value depends.
  package var executor: any EvaluationExecutor
  /// The folders with the reports of other analyses.
  package var reports: ReportFolders

  /// Creates a setting.
  package init(
    catalog: Catalog, location: DataLocation, renderer: any FigureRenderer, templates: TemplateSet,
    bibliography: [BibliographyEntry], version: String, specDigest: String,
    engine: (any ArchitectureMeasuring)? = nil, executor: any EvaluationExecutor = LocalExecutor(),
    reports: ReportFolders = ReportFolders()
  ) {
    self.catalog = catalog
    self.location = location
    self.renderer = renderer
    self.templates = templates
    self.bibliography = bibliography
    self.version = version
    self.specDigest = specDigest
    self.engine = engine
    self.executor = executor
    self.reports = reports
  }
}

/// Turns a resolved analysis into steps.
package enum PlanBuilder {
  /// The plan of an analysis.
  package static func plan(_ resolved: ResolvedAnalysis, setting: RunSetting) -> Plan {
    var steps: [any Step] = []
    for table in resolved.tables {
      guard let use = table.use else { continue }
      if let step = importStep(table, use, setting) { steps.append(step) }
      if case .partner(let partner) = table.unitRule, !steps.contains(where: { $0.name == partner.stepName }) {
        steps.append(
          ImportStep(
            name: partner.stepName, dataset: partner.dataset, file: partner.file, location: setting.location,
            skipsMalformed: true, sources: [KeyField(partner.file.path, partner.file.digest)]))
      }
      steps.append(TableStep(table: table, use: use))
    }
    if let engine = setting.engine {
      for measure in resolved.measures {
        steps.append(
          MeasureStep(
            measure: measure, engine: engine, catalog: setting.catalog, location: setting.location,
            executor: setting.executor))
        steps += [false, true].map { MeasuredTableStep(measure: measure, isRuns: $0) }
      }
    }
    for part in resolved.parts { steps += part.steps }
    for cell in resolved.analysis.report {
      guard case .figure(let figure) = cell else { continue }
      steps.append(FigureStep(figure: figure, resolved: resolved, renderer: setting.renderer))
    }
    steps.append(ResultsStep(resolved: resolved))
    for table in resolved.analysis.published { steps.append(PublishedStep(table)) }
    if resolved.isJudged { steps.append(ClaimsStep(resolved.audited)) }
    steps.append(
      ReportStep(
        resolved: resolved, references: references(resolved, setting), templates: setting.templates,
        provenance: provenance(resolved, setting), measurements: measurements(resolved, setting),
        version: setting.version, specDigest: setting.specDigest))
    return Plan(steps)
  }

  private static func measurements(_ resolved: ResolvedAnalysis, _ setting: RunSetting) -> [MeasurementFiles] {
    guard setting.engine != nil else { return [] }
    return resolved.measures.map { measure in
      var dataset: String?
      if case .dataset(let columns) = measure.spec.architectures {
        dataset = resolved.table(columns.dataset.value)?.dataset?.id
      }
      return MeasurementFiles(measure: measure, dataset: dataset)
    }
  }

  private static func importStep(_ table: ResolvedTable, _ use: DatasetUse, _ setting: RunSetting) -> (any Step)? {
    if let own = table.own { return OwnFileStep(name: "import/\(table.name)", own: own, use: use) }
    if let reported = table.reported {
      return ReportedMeasurementStep(name: "import/\(table.name)", measurement: reported, reports: setting.reports)
    }
    guard let dataset = table.dataset, let file = table.file else { return nil }
    let skips = use.malformed.map { $0 == .skip } ?? dataset.skipsMalformed
    return ImportStep(
      name: "import/\(table.name)", dataset: dataset, file: file, location: setting.location, skipsMalformed: skips,
      sources: [KeyField(file.path, file.digest)])
  }

  private static func references(_ resolved: ResolvedAnalysis, _ setting: RunSetting) -> [BibliographyEntry] {
    resolved.analysis.references.compactMap { key in setting.bibliography.first { $0.key == key.value } }
  }

  private static func provenance(_ resolved: ResolvedAnalysis, _ setting: RunSetting) -> [ProvenanceItem] {
    var items = [
      ProvenanceItem("trainfree", setting.version), ProvenanceItem("analysis", resolved.analysis.id.value),
      ProvenanceItem("spec SHA-256", setting.specDigest),
      ProvenanceItem("command", "trainfree run \(FileSystem.name(of: resolved.analysis.file))"),
      ProvenanceItem("renderer", setting.renderer.version),
      ProvenanceItem("floating point", floatingPoint(resolved)),
    ]
    if let first = resolved.analysis.firstResult {
      let commit = first.commit.map { ", commit \($0.value)" } ?? ""
      items.append(ProvenanceItem("first result", first.date.value + commit))
    }
    var added: Set<String> = []
    for file in resolved.tables.compactMap(\.file) + resolved.unitFiles where added.insert(file.path).inserted {
      items.append(item(of: file))
    }
    var ownAdded: Set<String> = []
    for own in resolved.tables.compactMap(\.own) where ownAdded.insert(own.path).inserted {
      items.append(ProvenanceItem("file \(own.path)", "SHA-256 \(own.digest), \(own.byteCount) bytes, own data"))
    }
    var reported: Set<String> = []
    for measurement in resolved.tables.compactMap(\.reported) where reported.insert(measurement.file).inserted {
      items.append(
        ProvenanceItem(
          "measured \(measurement.file)",
          "SHA-256 \(measurement.runs.digest), from spec SHA-256 \(measurement.specDigest), trainfree \(measurement.version)"
        ))
    }
    for digest in Set(resolved.measures.flatMap(\.tokens.digests)).sorted(by: {
      ($0.name, $0.value) < ($1.name, $1.value)
    }) {
      items.append(ProvenanceItem("tokens \(digest.name)", "SHA-256 \(digest.value)"))
    }
    var seeds = resolved.measures.map { measure in
      let numbers = measure.spec.network.seeds
      return
        "\(measure.name) \(numbers.prefix(20).map(String.init).joined(separator: " "))\(numbers.count > 20 ? " …" : "")"
    }
    for part in resolved.parts {
      if let seed = part.seed { seeds.append("\(part.name) \(seed)") }
    }
    if !seeds.isEmpty { items.append(ProvenanceItem("seeds", seeds.joined(separator: ", "))) }
    return items
  }

  private static func item(of file: CatalogFile) -> ProvenanceItem {
    ProvenanceItem("data \(file.path)", "SHA-256 \(file.digest), \(file.licence), \(file.address)")
  }

  /// The floating-point precision of an analysis' numbers, in words for the provenance.
  private static func floatingPoint(_ resolved: ResolvedAnalysis) -> String {
    let measures = resolved.measures + resolved.tables.compactMap(\.reported?.measure)
    guard let measure = measures.first else { return "IEEE 754 double precision" }
    let precisions = Set(measures.map(\.settings.precision.rawValue))
    let measured = precisions.count == 1 ? measure.settings.precision.rawValue : "float32 and float64"
    return "IEEE 754 double precision; measurements in \(measured)"
  }
}
