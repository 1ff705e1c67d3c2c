import Documents
import Figures
import Outcomes
import Pipeline
import Reports
import Specs
import Statistics
import Tables

/// Coefficients inside strata, with the columns that make them.
struct StrataPart: DrawnPart {
  let spec: StrataSpec
  /// The metrics and baselines with their target.
  let family: ComparedMetrics
  /// The columns that make the strata.
  let columns: [ColumnSchema]

  /// The largest number of strata.
  private static let greatestStratumCount = 1000

  /// The name under which the target's reliability stands.
  static let reliability = "reliability"

  /// The coverage of intervals.
  var level: Double { (spec.interval ?? IntervalSpec()).level }

  /// The columns that make the strata, for people: `depth and hidden size`.
  var label: String { columns.map(\.displayTitle.lowercasedFirst).joined(separator: " and ") }
  var name: String { family.name }
  var title: String { family.title }
  var seed: Int? { spec.interval?.seed.value }
  var drawnTable: String? { spec.interval == nil ? nil : family.target.dataset }
  var ignoresUnits: Bool { spec.interval?.clustered == false }

  var steps: [any Step] {
    family.members.map { step(of: $0) as any Step } + [reliability].compactMap { $0 }
  }

  /// The strata of a table's rows; a row without a value in one of the columns is in none.
  ///
  /// - Throws: `Reason` for a column that is not there, or for too many strata.
  func strata(of table: Table) throws(Reason) -> LabelledGroups {
    let names = spec.by.map(\.value)
    let strata = try LabelledGroups(table, by: names, undefined: .leftOut)
    guard strata.labels.count <= Self.greatestStratumCount else {
      throw Reason(
        "\(strata.labels.count) strata by \(names.joined(separator: ", ")) are over \(Self.greatestStratumCount)")
    }
    return strata
  }

  func step(of member: FamilyMember) -> StrataStep { StrataStep(part: self, member: member) }

  /// The step for the target's reliability; nil without replicates.
  var reliability: StrataReliabilityStep? { spec.replicates == nil ? nil : StrataReliabilityStep(part: self) }

  func valueNames(under path: [String]) -> [String]? {
    path.isEmpty ? family.members.map(\.name) + (spec.replicates == nil ? [] : [Self.reliability]) : nil
  }

  var figureColumns: (what: String, names: [String])? { ("metric or baseline", family.members.map(\.name)) }

  func values(_ inputs: StepInputs) throws(Reason) -> JSONValue {
    var values: [JSONMember] = []
    for member in family.members {
      let about: [JSONMember] = [
        JSONMember(key: "title", value: .string(member.title)),
        JSONMember(key: "role", value: .string(member.role.rawValue)),
      ]
      let found = try inputs.json(step(of: member).name).members ?? []
      values.append(JSONMember(key: member.name, value: .object(about + found)))
    }
    if let reliability {
      values.append(JSONMember(key: Self.reliability, value: try inputs.json(reliability.name)))
    }
    return .object(values)
  }

  /// The reliability is that of the target's own rows, whatever happens to those without a metric.
  func missingPolicy(of path: [Substring]) -> String? {
    path.first.map(String.init) == Self.reliability ? nil : family.missing.rawValue
  }

  func table(_ spec: TableSpec, _ context: ReportTables) throws(Reason) -> ReportTable {
    switch StrataSpec.Content(rawValue: spec.content ?? "") ?? .within {
    case .within: try withinTable(context)
    case .eachStratum: try eachStratumTable(context)
    case .replicates: try replicatesTable(context)
    }
  }

  static let figures: [PartFigure<StrataPart>] = [
    PartFigure(
      .forest,
      reads: { part, figure in
        let steps =
          FigureSource.members(of: part.family, figure).map { part.step(of: $0).name }
          + [part.reliability?.name].compactMap { $0 }
        return steps.map { StepInput($0, from: $0) }
      }, draw: StrataPart.forest)
  ]
}

extension StrataPart {
  init(
    _ spec: StrataSpec, _ family: ComparedMetrics, columns: [ColumnSchema], _ lookup: inout ColumnLookup
  ) {
    for member in family.members where member.name == Self.reliability {
      lookup.report(
        spec.name, id: "reserved-name", "a metric of \(spec.name.value) is called \(member.name)",
        fix: "join the column under a `prefix`, for results have that name for the target's reliability")
    }
    self.init(spec: spec, family: family, columns: columns)
  }
}

extension StrataPart {
  /// The coefficient on all rows and that inside strata, one under the other for each metric; with the noise ceiling inside
  /// strata where it is known.
  func forest(_ source: FigureSource, _ inputs: StepInputs) throws(Reason) -> ResolvedFigure {
    let coefficient = source.spec.namedCoefficient ?? family.ranking
    let members = source.members(of: family)
    var series = ["all rows", "inside strata"].map { DodgedDots.Series(name: $0, values: []) }
    for member in members {
      let found = try inputs.output(of: step(of: member))
      for (index, values) in [found.overall, found.within].enumerated() {
        let estimate = values[coefficient]?.estimate
        series[index].values.append(
          estimate?.value.value.map {
            DodgedDots.Value(value: $0, interval: estimate?.ends.map { ($0.lower, $0.upper) })
          })
      }
    }
    if let reliability {
      let pooled = try inputs.output(of: reliability).pooled
      let ceiling = coefficient.countsPairs ? pooled.kendallNoiseCeiling : pooled.noiseCeiling
      series[1].ceiling = ceiling.value.value
    }
    let level = spec.interval.map { ", \($0.percent) % interval" } ?? ""
    return DodgedDots.figure(
      rows: members.map { .init($0.title, isBaseline: $0.isBaseline, member: $0.name) }, series: series,
      title: "\(coefficient.title) on all rows and inside strata of \(label): \(title)",
      axis: "\(coefficient.title) with \(family.target.title.lowercasedFirst)\(level)",
      margin: spec.equivalenceMargin, width: source.spec.width.points
    ).showing([coefficient])
  }
}
