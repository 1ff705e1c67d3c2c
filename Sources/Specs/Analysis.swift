import Diagnostics
import Documents

/// A declarative analysis: which data, which statistics, which report.
package struct Analysis: Sendable {
  /// The file it was read from, as the user named it.
  package var file: String
  /// Kebab-case identifier; names the report's folder.
  package var id: Located<String>
  /// The report's title.
  package var title: String
  /// One or two sentences under the title.
  package var summary: String?
  /// The authors, the day and the licence of the report's text, and the page that it belongs to.
  package var imprint: Imprint
  /// Keys of `data/references.bib`.
  package var references: [Located<String>]
  /// The tables used, in order.
  package var datasets: [DatasetUse]
  /// The target of every part that can have one and states none of its own; nil when there is no such default.
  package var target: TargetUse?
  /// Architectures measured by the analysis, in order.
  package var measures: [MeasureSpec]
  /// The parts that compute values: section by section, each in order.
  package var parts: [any Section]
  /// Printed numbers to check against recomputed ones, in order.
  package var published: [PublishedTable]
  /// Claims, in order.
  package var claims: [ClaimSpec]
  /// What the analysis found, in order.
  package var findings: [ClaimSpec]
  /// The day of the first result; nil when it is not stated.
  package var firstResult: RegistrationSpec?
  /// Verdicts that are others than in an earlier version, the oldest first.
  package var changes: [ChangeSpec]
  /// Claims that are judged together, in order.
  package var claimFamilies: [ClaimFamilySpec]
  /// The cells of the report, in order; a `lead` cell is its text and its figure.
  package var report: [ReportCell]
  /// The text of the file, from which a report shows the lines behind a table or a figure.
  package var source: SourceText

  /// The parts of a section, in order.
  package func parts<Part: Section>(_: Part.Type) -> [Part] { parts.compactMap { $0 as? Part } }

  /// Gives every seed of what statistics draw at random another number.
  mutating func reseed(_ seed: Int) { for index in parts.indices { parts[index].reseed(seed) } }
}

/// The shape of an analysis file and its reader, both made from what the type of each key declares.
struct AnalysisShape {
  let language: SpecLanguage

  private static let text = ObjectSchema(
    "text-cell", "Prose.",
    fields: [.required("text", .text, "Markdown with {{ path | format }} references to computed values.")])
  private static let claimCell = ObjectSchema(
    "claim-cell", "A claim with its verdicts.", fields: [.required("claim", .identifier, "Name of the claim.")])

  private static let findingCell = ObjectSchema(
    "finding-cell", "A finding.", fields: [.required("finding", .identifier, "Name of the finding.")])
  private static let findings = Schema.map(.object(ClaimSpec.finding.object))
  private static let leadText = FieldSchema.required(
    "text", .text, "Markdown, as of a text cell.")

  private var figureShapes: Schema { .either(language.figures.map { .object(FigureSpec.keys($0).object) }) }

  private var tableSource: KeySet<TableSpec> {
    KeySet(TableSpec.definition, TableSpec.summary, TableSpec.keys(contents: language.contents))
  }

  private var cells: [ObjectSchema] {
    [
      Self.text,
      ObjectSchema(
        "table-cell", "A table.",
        fields: [
          .required(
            "table", .either([.identifier, .object(tableSource.object)]),
            "Its source, or a mapping with more settings.")
        ]),
      ObjectSchema(
        "figure-cell", "A figure.",
        fields: [
          .required("figure", figureShapes, "Its kind with its source, and settings.")
        ]), Self.claimCell,
      Self.findingCell,
      ObjectSchema(
        "lead-cell", "Text with the figure that decides beside it.",
        fields: [
          .required(
            "lead",
            .object(
              ObjectSchema(
                "lead", "A text, and a figure beside it on wide pages and below it on others.",
                fields: [
                  Self.leadText, .required("figure", figureShapes, "Its kind with its source, and settings."),
                ])),
            "The text and the figure.")
        ]),
    ]
  }

  /// The shape of the whole file.
  var root: ObjectSchema {
    ObjectSchema(
      "analysis", "A reproducible report about training-free architecture metrics.",
      fields: [
        .required("analysis", .identifier, "Kebab-case identifier; names the report's folder."),
        .required("title", .text, "Title of the report."),
        .optional("summary", .text, "One or two sentences under the title."),
        .optional("imprint", Imprint.schema, Imprint.summary),
        .optional("references", .list(.identifier, minimum: 1), "Keys of data/references.bib."),
        .optional("datasets", Entries<DatasetUse>.schema, "The tables used, by the name the analysis gives them."),
        .optional("measure", Entries<MeasureSpec>.schema, "Architectures measured by the analysis, by name."),
        .optional("target", TargetUse.schema, "The default target of every part that has one."),
      ] + language.sections.map { .optional($0.kind.key, .map($0.schema), $0.kind.summary) } + [
        .optional(
          "published", Entries<PublishedTable>.schema, "Printed numbers to hold against recomputed ones, by name."),
        .optional("claims", Entries<ClaimSpec>.schema, "Claims to judge, by name."),
        .optional("findings", Self.findings, "What the analysis found, by name."),
        .optional("first-result", RegistrationSpec.schema, "The day of the first result, such as 2026-11-24."),
        .optional("changes", [ChangeSpec].schema, "What an earlier version said otherwise, the oldest first."),
        .optional("claim-families", Entries<ClaimFamilySpec>.schema, "Claims that are judged together, by name."),
        .required("report", .list(.either(cells.map { .object($0) }), minimum: 1), "Cells, in order."),
      ])
  }

  /// Reads an analysis, leaving out what does not fit its shape: the validator has reported it.
  func read(_ root: DocumentNode, source: SourceText, _ reading: Reading) -> Analysis {
    func value<Value: FieldValue>(_ key: String, _: Value.Type = Value.self) -> Value? {
      root[key].flatMap { Value.read($0, as: Value.schema, reading) }
    }
    func all<Value: Named>(_ key: String, _: Value.Type) -> [Value] {
      value(key, Entries<Value>.self).map { Array($0) } ?? []
    }
    return Analysis(
      file: source.file, id: value("analysis") ?? Located("", at: root.location), title: root["title"]?.text ?? "",
      summary: value("summary"), imprint: value("imprint") ?? Imprint(), references: value("references") ?? [],
      datasets: all("datasets", DatasetUse.self),
      target: value("target"), measures: all("measure", MeasureSpec.self),
      parts: language.sections.flatMap { language.parts(of: $0, in: root, reading) },
      published: all("published", PublishedTable.self), claims: all("claims", ClaimSpec.self),
      findings: root["findings"].flatMap { Entries<ClaimSpec>.read($0, as: Self.findings, reading) }.map { Array($0) }
        ?? [],
      firstResult: value("first-result"), changes: value("changes") ?? [],
      claimFamilies: all("claim-families", ClaimFamilySpec.self),
      report: (root["report"]?.elements ?? []).flatMap { cells(of: $0, reading) }, source: source)
  }

  private func cells(of node: DocumentNode, _ reading: Reading) -> [ReportCell] {
    guard let lead = node["lead"] else { return cell(node, reading).map { [$0] } ?? [] }
    guard let text = lead["text"].flatMap({ Located<String>.read($0, as: .text, reading) }),
      var figure = lead["figure"].flatMap({ self.figure($0, reading) })
    else { return [] }
    figure.isBesideText = true
    return [.text(text), .figure(figure)]
  }

  private func cell(_ node: DocumentNode, _ reading: Reading) -> ReportCell? {
    func text(_ key: String) -> Located<String>? {
      node[key].flatMap { Located<String>.read($0, as: .text, reading) }
    }
    if let prose = text("text") { return .text(prose) }
    if let claim = text("claim") { return .claim(claim) }
    if let finding = text("finding") { return .finding(finding) }
    if let from = text("table") {
      var table = TableSpec()
      table.from = from
      table.nameBySource()
      return .table(table)
    }
    if let table = node["table"] {
      guard var table = tableSource.read(table, reading) else { return nil }
      table.nameBySource()
      return .table(table)
    }
    return node["figure"].flatMap { figure($0, reading) }.map { .figure($0) }
  }

  private func figure(_ node: DocumentNode, _ reading: Reading) -> FigureSpec? {
    for kind in language.figures where node[kind.word] != nil {
      guard var figure = FigureSpec.keys(kind).read(node, reading) else { return nil }
      figure.kind = kind
      if figure.name.value.isEmpty {
        figure.name = Located("\(figure.from.value)-\(kind.word)", at: figure.from.location)
      }
      return figure
    }
    return nil
  }
}
