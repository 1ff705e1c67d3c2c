import Diagnostics
import Outcomes
import Specs
import Statistics
import Tables

/// The architectures of a measurement, in order, read and chosen.
struct ArchitectureUnits {
  /// One architecture.
  struct Unit {
    /// Its name.
    var name: String
    /// Its row in the dataset, or its number in the sample.
    var row: Int
    /// File and line of its row in the dataset; for a sampled one, the sample's seed and its number from 1.
    var origin: RowOrigin
    /// The recipe's text; nil where the dataset has none.
    var recipe: String?
    /// The architecture that the recipe gives, or the reason why it cannot be measured.
    var architecture: Outcome<MeasuredArchitecture>
  }

  /// The architectures, each name once.
  private(set) var units: [Unit]
  /// Rows or samples looked at.
  let candidates: Int
  /// Rows left out because of an equal recipe above.
  private(set) var repeated = 0
  /// Rows left out by the selection.
  private(set) var unselected = 0

  /// Samples architectures.
  init(sample count: Int, seed: Int, session: any MeasuringSession) throws(Reason) {
    let recipes: [String]
    do throws(DiagnosticsError) { recipes = try session.sample(count: count, seed: seed) } catch {
      throw Reason(error.diagnostics.text)
    }
    candidates = recipes.count
    units = recipes.enumerated().map { index, recipe in
      Unit(
        name: String(index + 1), row: index, origin: RowOrigin(file: "sample of seed \(seed)", line: index + 1),
        recipe: recipe, architecture: Self.read(recipe, source: "sample \(index + 1)", session))
    }
  }

  /// Reads architectures from a table.
  init(
    _ columns: ArchitectureColumns, in table: Table, session: any MeasuringSession
  ) throws(Reason) {
    guard let recipes = table[columns.recipe.value], let names = table[columns.id.value] else {
      throw Reason("no column \(columns.recipe.value) or \(columns.id.value)")
    }
    candidates = table.rowCount
    var rows = Array(0..<table.rowCount)
    if !columns.distinct, let select = columns.select {
      rows = try Self.selected(select, rows, table)
      unselected = candidates - rows.count
    }
    units = []
    var seen: Set<String> = []
    for row in rows {
      let unit = try Self.unit(row, recipes, names, table, session)
      if columns.distinct, case .success(let architecture) = unit.architecture,
        !seen.insert(architecture.text).inserted
      {
        repeated += 1
      } else {
        units.append(unit)
      }
    }
    if columns.distinct, let select = columns.select {
      let chosen = Set(try Self.selected(select, units.map(\.row), table))
      unselected = units.count - chosen.count
      units = units.filter { chosen.contains($0.row) }
    }
    try checkNames(columns)
  }

  private static func unit(
    _ row: Int, _ recipes: Column, _ names: Column, _ table: Table, _ session: any MeasuringSession
  ) throws(Reason) -> Unit {
    let origin = table.origins[row]
    let place = origin.line.map { "\(origin.file):\($0)" } ?? origin.file
    guard let name = names.text(row) else {
      throw Reason("\(place): the architecture has no \(names.schema.name)")
    }
    var unit = Unit(
      name: name, row: row, origin: origin, recipe: recipes.text(row),
      architecture: .failure(Reason("there is no recipe")))
    if let recipe = unit.recipe {
      unit.architecture = read(recipe, source: "\(place) (\(recipes.schema.name))", session)
    } else if case .undefined(let reason) = recipes[row] {
      unit.architecture = .failure(Reason("there is no recipe: \(reason)"))
    }
    return unit
  }

  private static func read(
    _ recipe: String, source: String, _ session: any MeasuringSession
  ) -> Outcome<MeasuredArchitecture> {
    do throws(DiagnosticsError) { return .success(try session.architecture(recipe, source: source)) } catch {
      return .failure(Reason(reason(error.diagnostics)))
    }
  }

  /// The first findings with their places, in one line.
  private static func reason(_ findings: [Diagnostic]) -> String {
    let shown = findings.prefix(3).map { finding in
      (finding.location.map { "\($0): " } ?? "") + finding.message.prefix(200)
    }
    let line = shown.joined(separator: "; ") + (findings.count > 3 ? "; and \(findings.count - 3) more" : "")
    return line.split(whereSeparator: \.isNewline).joined(separator: " ")
  }

  /// Rows drawn from each decile of a column, in their order in the table.
  private static func selected(
    _ select: DecileSelection, _ rows: [Int], _ table: Table
  ) throws(Reason) -> [Int] {
    let numbers = try table.column(select.column.value).numbers
    let valued = rows.compactMap { row -> (row: Int, value: Double)? in numbers[row].map { (row, $0) } }
    let ranked = valued.sorted { $0.value == $1.value ? $0.row < $1.row : $0.value < $1.value }.map(\.row)
    guard !ranked.isEmpty else { throw Reason("no row has a value of \(select.column.value)") }
    var chosen: [Int] = []
    for decile in 0..<10 {
      var members = Array(ranked[ranked.count * decile / 10..<ranked.count * (decile + 1) / 10])
      var generator = SeededGenerator(seed: UInt64(select.seed), stream: UInt64(decile))
      for place in 0..<min(select.perDecile, members.count) {
        members.swapAt(place, place + generator.next(below: members.count - place))
      }
      chosen += members.prefix(select.perDecile)
    }
    return chosen.sorted()
  }

  private func checkNames(_ columns: ArchitectureColumns) throws(Reason) {
    var counts: [String: Int] = [:]
    for unit in units { counts[unit.name, default: 0] += 1 }
    let repeated = units.map(\.name).filter { counts[$0, default: 0] > 1 }
    guard !repeated.isEmpty else { return }
    var unique: [String] = []
    for name in repeated where !unique.contains(name) && unique.count < 5 { unique.append(name) }
    throw Reason(
      "\(columns.id.location): \(columns.id.value) does not tell the architectures apart: "
        + "\(unique.joined(separator: ", ")) \(unique.count == 1 ? "stands" : "stand") in several rows; "
        + "name another column, or add `distinct: true` when the rows have the same recipe")
  }
}
