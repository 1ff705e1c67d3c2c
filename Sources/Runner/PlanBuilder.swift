import Datasets
import Figures
import Files
import Reports
import Specs

/// What a plan is made with besides the analysis.
public struct RunSetting: Sendable {
  /// The data catalogue.
  public var catalog: Catalog
  /// Where data files are.
  public var location: DataLocation
  /// Draws figures.
  public var renderer: any FigureRenderer
  /// The report's templates.
  public var templates: TemplateSet
  /// Publications by key.
  public var bibliography: [BibliographyEntry]
  /// The tool's version.
  public var version: String
  /// SHA-256 of the spec's file.
  public var specDigest: String

  /// Creates a setting.
  public init(
    catalog: Catalog, location: DataLocation, renderer: any FigureRenderer, templates: TemplateSet,
    bibliography: [BibliographyEntry], version: String, specDigest: String
  ) {
    self.catalog = catalog
    self.location = location
    self.renderer = renderer
    self.templates = templates
    self.bibliography = bibliography
    self.version = version
    self.specDigest = specDigest
  }
}

/// Turns a resolved analysis into steps.
public enum PlanBuilder {
  /// The plan of an analysis.
  public static func plan(_ resolved: ResolvedAnalysis, setting: RunSetting) -> Plan {
    var steps: [any Step] = []
    for table in resolved.tables {
      if let step = importStep(table, setting) { steps.append(step) }
      steps.append(TableStep(table: table))
    }
    for family in resolved.families {
      for member in family.members {
        let columns = FamilyColumns(family: family, member: member)
        steps.append(CoefficientStep(columns: columns))
        if !family.spec.given.isEmpty { steps.append(PartialStep(columns: columns)) }
        if !family.spec.truncation.isEmpty { steps.append(TruncationStep(columns: columns)) }
        if family.spec.top != nil { steps.append(TopStep(columns: columns)) }
      }
      if family.spec.agreement { steps.append(AgreementStep(family: family)) }
    }
    for summary in resolved.analysis.summaries { steps.append(SummaryStep(spec: summary)) }
    for cell in resolved.analysis.report {
      guard case .figure(let figure) = cell else { continue }
      steps.append(FigureStep(figure: figure, resolved: resolved, renderer: setting.renderer))
    }
    steps.append(ResultsStep(resolved: resolved))
    for table in resolved.analysis.published { steps.append(PublishedStep(table: table)) }
    steps.append(
      ReportStep(
        resolved: resolved, references: references(resolved, setting), templates: setting.templates,
        provenance: provenance(resolved, setting), version: setting.version))
    return Plan(steps)
  }

  private static func importStep(_ table: ResolvedTable, _ setting: RunSetting) -> ImportStep? {
    guard let dataset = setting.catalog.dataset(table.use.use.value), let file = setting.catalog.file(dataset.file)
    else {
      return nil
    }
    let skips = table.use.malformed.map { $0 == .skip } ?? dataset.skipsMalformed
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
      ProvenanceItem("floating point", "IEEE 754 double precision, no BLAS"),
    ]
    for table in resolved.tables {
      guard let dataset = setting.catalog.dataset(table.use.use.value), let file = setting.catalog.file(dataset.file)
      else { continue }
      items.append(ProvenanceItem("data \(file.path)", "SHA-256 \(file.digest), \(file.licence), \(file.address)"))
    }
    var seeds: [String] = []
    for family in resolved.families {
      if let interval = family.spec.interval { seeds.append("\(family.name) \(interval.seed)") }
    }
    if !seeds.isEmpty { items.append(ProvenanceItem("seeds", seeds.joined(separator: ", "))) }
    return items
  }
}
