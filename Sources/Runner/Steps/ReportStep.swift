import Auditing
import Documents
import Figures
import Files
import Measurements
import Outcomes
import Pipeline
import Reports
import Sections
import Specs

/// Writes the report's files: a list of path and digest as JSON, each file as an artifact named by its path.
struct ReportStep: SynchronousStep {
  let resolved: ResolvedAnalysis
  let references: [BibliographyEntry]
  let templates: TemplateSet
  let provenance: [ProvenanceItem]
  let measurements: [MeasurementFiles]
  let version: String
  /// SHA-256 of the spec's file.
  let specDigest: String

  let name = "report"
  let kind = StepKind("report", version: 7)

  private var figures: [FigureSpec] {
    resolved.analysis.report.compactMap { if case .figure(let figure) = $0 { figure } else { nil } }
  }

  /// Everything that the report can print besides the outputs of steps.
  var parameters: JSONValue {
    .object(
      [JSONMember(key: "trainfree", value: .string(version))] + resolved.presentation + [
        JSONMember(key: "spec", value: .string(specDigest)),
        JSONMember(key: "lines", value: ReportOrigins.lines(of: resolved)),
        JSONMember(key: "references", value: Described.json(references)),
        JSONMember(
          key: "templates",
          value: .array(templates.texts.map { .string("\($0.name) \(SHA256.hexDigest($0.text))") })),
        JSONMember(key: "provenance", value: .array(provenance.map { .string("\($0.label): \($0.value)") })),
        JSONMember(
          key: "measurements",
          value: .array(
            measurements.map { .string("\($0.measure.name) \(SHA256.hexDigest($0.settings.text()))") })),
      ])
  }

  /// The outputs of the parts that the report's tables show, each once.
  private var shown: [StepInput] {
    let tables = resolved.analysis.report.compactMap {
      if case .table(let table) = $0 { table.from.value } else { nil }
    }
    var seen: Set<StepInput> = []
    return resolved.parts.filter { SectionCatalog.isShown($0, in: tables) }.flatMap(\.inputs).filter {
      seen.insert($0).inserted
    }
  }

  var inputs: [StepInput] {
    [StepInput("results", from: "results")] + shown
      + resolved.analysis.published.map { StepInput("published/\($0.name.value)", from: "published/\($0.name.value)") }
      + (!resolved.isJudged ? [] : [StepInput(ClaimsStep.stepName, from: ClaimsStep.stepName)])
      + measurements.map { StepInput("measure/\($0.measure.name)", from: "measure/\($0.measure.name)") }
      + figures.flatMap { figure -> [StepInput] in
        let step = "figure/\(figure.name.value)"
        return [StepInput(step, from: step)]
          + FigureFormat.allCases.map { StepInput("\(step)/\($0)", from: step, artifact: $0.rawValue) }
      }
  }

  func run(_ inputs: StepInputs) throws(Reason) -> StepOutput {
    var members = try inputs.json("results").members ?? []
    for table in resolved.analysis.published {
      members.append(
        JSONMember(key: table.name.value, value: try inputs.json(PublishedStep(table).name)))
    }
    let judged = !resolved.isJudged ? nil : try inputs.output(of: ClaimsStep(resolved.audited))
    if let judged { members += try judged.values(in: resolved.audited) }
    let results = JSONValue.object(members)
    let prose = Prose(results: results)
    let tables = try AnalysisTables(resolved: resolved, results: results, judged: judged, inputs: inputs)
    let origins = ReportOrigins(resolved: resolved, records: tables.records)
    var problems: [String] = []
    var sentences: [String: String] = [:]
    for finding in resolved.findings { sentences[finding.name] = prose.resolved(finding.statement, &problems) }
    let changes = tables.audit.changeLines { prose.resolved($0, &problems) }
    var cells: [ReportContent] = []
    for cell in resolved.analysis.report {
      switch cell {
      case .text(let text): cells.append(.prose(prose.resolved(text, &problems)))
      case .table(let spec):
        let caption = spec.caption.map { MarkdownText(source: prose.resolved($0, &problems)) }
        cells.append(try content(spec, tables, caption: caption, origins, sentences, changes))
      case .claim(let name):
        if let claim = resolved.claims.first(where: { $0.name == name.value }) {
          cells.append(.claim(try tables.statements.card(claim)))
        }
      case .finding(let name):
        if let finding = resolved.findings.first(where: { $0.name == name.value }) {
          cells.append(.finding(try tables.statements.finding(finding, sentences)))
        }
      case .figure(let spec):
        let record: FigureRecord = try inputs.json("figure/\(spec.name.value)").decoded()
        let coefficients = CaptionCoefficients(record.coefficients)
        let caption = spec.caption.map { caption in
          let text = prose.adding(coefficients.value).resolved(caption, &problems)
          if let problem = coefficients.problem(in: text) { problems.append("\(caption.location): \(problem)") }
          return MarkdownText(source: text)
        }
        var figure = try content(spec, record, inputs, caption: caption)
        figure.isBesideText = spec.isBesideText
        figure.origin = origins.origin(of: spec)
        cells.append(.figure(figure))
      }
    }
    guard problems.isEmpty else { throw Reason(problems.joined(separator: "\n")) }
    var measured: [ReportMeasurement] = []
    for files in measurements { measured.append(files.files(try inputs.table("measure/\(files.measure.name)"))) }
    let analysis = resolved.analysis
    let document = ReportDocument(
      id: analysis.id.value, title: analysis.title, summary: analysis.summary, imprint: imprint, cells: cells,
      references: references, provenance: provenance, results: results, measurements: measured, changes: changes)
    do throws(ReportError) {
      let files = try ReportWriter.render(document, templates: templates).files
      let list = files.map { file -> JSONValue in
        [
          "path": .string(file.path), "sha256": .string(SHA256.hexDigest(file.bytes)),
          "bytes": .integer(file.bytes.count),
        ]
      }
      return .json(
        ["files": .array(list)],
        artifacts: files.map { StepArtifact($0.path, mediaType: "application/octet-stream", bytes: $0.bytes) })
    } catch {
      throw Reason("\(error)")
    }
  }

  /// A table; those of claims, findings and changes are lists.
  private func content(
    _ spec: TableSpec, _ tables: AnalysisTables, caption: MarkdownText?, _ origins: ReportOrigins,
    _ sentences: [String: String],
    _ changes: [MarkdownText]
  ) throws(Reason) -> ReportContent {
    func named(_ table: inout ReportTable) {
      table.name = spec.name.value
      if let caption { table.caption = caption }
    }
    switch spec.from.value {
    case ClaimsStep.stepName:
      var claims = try tables.statements.claims()
      named(&claims.table)
      return .claims(claims)
    case ClaimsStep.findingsName:
      var findings = try tables.statements.findings(sentences)
      named(&findings.table)
      return .findings(findings)
    case "changes":
      let lead = caption ?? "**What changed since earlier versions**"
      return .prose(([lead.source, ""] + changes.map { "- \($0.source)" }).joined(separator: "\n"))
    default:
      var table = try tables.table(spec, caption: caption)
      table.origin = origins.origin(of: spec)
      return .table(table)
    }
  }

  private var imprint: ReportImprint {
    let imprint = resolved.analysis.imprint
    return ReportImprint(
      authors: imprint.authors.map(\.value), date: imprint.date?.value ?? "", version: version, specDigest: specDigest,
      licence: imprint.licence ?? "", home: imprint.home?.value ?? "")
  }

  private func content(
    _ figure: FigureSpec, _ record: FigureRecord, _ inputs: StepInputs, caption: MarkdownText?
  ) throws(Reason) -> ReportFigure {
    let step = "figure/\(figure.name.value)"
    let rows = record.rows.map { row in
      row.map { value -> ReportTable.Cell in
        if let number = value.double {
          return .init("", value: value, quantity: .init(number))
        }
        return .init(value.string ?? "–", value: value)
      }
    }
    let data = ReportTable(
      name: figure.name.value, caption: "",
      columns: record.columns.enumerated().map { index, title in
        .init(title, isNumeric: rows.first.map { index < $0.count && $0[index].value.double != nil } ?? false)
      }, rows: rows)
    return ReportFigure(
      name: figure.name.value, caption: caption ?? "\(record.title).", altText: record.description,
      svg: try inputs.bytes("\(step)/svg"), pdf: try inputs.bytes("\(step)/pdf"), png: try inputs.bytes("\(step)/png"),
      tooltips: record.tooltips.map {
        Tooltip(center: Point($0.x, $0.y), radius: $0.r, text: $0.text, member: $0.member)
      }, data: data)
  }
}
