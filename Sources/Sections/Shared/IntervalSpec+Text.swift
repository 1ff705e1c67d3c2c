import Documents
import Figures
import Reports
import Specs
import Statistics
import Tables

extension IntervalSpec {
  /// The coverage in per cent: `95`.
  var percent: String { NumberText.percent(level) }

  /// The units of resamples in words: `cells`, or `rows` where there are none.
  static func units(_ unit: UnitNoun?) -> String { (unit ?? .row).plural }

  /// The note that says what brackets in a table are: `Brackets: 95 % BCa bootstrap intervals, 9,999 resamples of rows,
  /// seed 1.`
  ///
  /// - Parameters:
  ///   - what: The words after the name of the method.
  ///   - units: The units of resamples in words, such as `1,234 cells`.
  func brackets(_ what: String = "bootstrap intervals", of units: String) -> MarkdownText {
    brackets(named: "\(methodName) \(what)", of: units)
  }

  /// The same, of intervals that have one method whatever the settings.
  func brackets(named method: String, of units: String) -> MarkdownText {
    "Brackets: \(percent) % \(method), \(NumberText.grouped(resamples)) resamples of \(units), seed \(seed.value)."
  }

  private var methodName: String {
    switch method {
    case .bca: "BCa"
    case .percentile: "percentile"
    case .jackknife: "jackknife"
    }
  }

  /// The basis of values with these bootstrap intervals.
  ///
  /// - Parameters:
  ///   - n: Rows that the value is of.
  ///   - clusters: Units that are resampled; nil when rows are.
  ///   - unit: What they are called; nil when rows are resampled.
  ///   - method: The method in words, where intervals have one whatever the settings.
  func basis(n: Int? = nil, clusters: Int? = nil, unit: UnitNoun?, method: String? = nil) -> Estimate.Basis {
    let units = clusters.flatMap { count in unit.map { $0.text(count) } } ?? Self.units(unit)
    return Estimate.Basis(
      n: n, clusters: clusters, level: level,
      method: "\(method ?? "\(methodName) bootstrap"), \(NumberText.grouped(resamples)) resamples of \(units)",
      seed: seed.value)
  }

  /// Its part of a step's parameters: the settings, and what the units are called that are resampled.
  func parameters(unit: UnitNoun?) -> JSONValue {
    .record(["settings": canonical(except: ["clustered"]), "clustered": UnitNoun.parameter(unit)])
  }
}

extension IntervalSpec {
  /// Which of some coefficients have intervals by the jackknife.
  enum Share { case none, some, all }

  /// Which of coefficients of so many rows each have intervals by the jackknife.
  func isJackknife(rows: [Int]) -> Share {
    let count = rows.count { settings(rows: $0).method == .jackknife }
    return count == 0 ? .none : count == rows.count ? .all : .some
  }

  /// The name of the test of coefficients of so many rows each.
  func testName(rows: [Int]) -> String {
    switch isJackknife(rows: rows) {
    case .none: "bootstrap"
    case .some: "bootstrap, or by the jackknife where intervals are"
    case .all: "jackknife"
    }
  }

  /// The notes that say what brackets around coefficients are, or around their differences, of so many rows each: by resamples as
  /// `brackets(_:of:)` says, by the jackknife, or some by either.
  func brackets(
    _ what: String = "bootstrap intervals", of units: String, rows: [Int], isDifference: Bool = false
  ) -> [MarkdownText] {
    let most = rows.max() ?? 0
    // Why there are no resamples, where the spec does not ask for that.
    let reason =
      method == .jackknife
      ? ""
      : " No resamples: \(NumberText.grouped(resamples)) of \(NumberText.grouped(most)) rows would draw over \(NumberText.grouped(BootstrapSettings.greatestDraws / 1_000_000)) million; name a number in resamples to draw them."
    let error: MarkdownText =
      "\(percent) % intervals by Student's t with the jackknife's standard error over \(units), one left out at a time\(isDifference ? "" : ", on Fisher's scale").\(reason)"
    return switch isJackknife(rows: rows) {
    case .none: [brackets(what, of: units)]
    case .some:
      [
        brackets(what, of: units),
        "Of more than \(NumberText.grouped(BootstrapSettings.greatestDraws / resamples)) rows: \(error)",
      ]
    case .all: ["Brackets: \(error)"]
    }
  }

  /// The basis of a coefficient, or of a difference of two, with an interval by resamples or by the jackknife, as `settings(rows:)`
  /// chooses.
  func coefficientBasis(n: Int, clusters: Int?, unit: UnitNoun?) -> Estimate.Basis {
    guard settings(rows: n).method == .jackknife else { return basis(n: n, clusters: clusters, unit: unit) }
    let units = clusters.flatMap { count in unit.map { $0.text(count) } } ?? "\(NumberText.grouped(n)) rows"
    return Estimate.Basis(
      n: n, clusters: clusters, level: level, method: "jackknife, one of \(units) left out at a time, Student's t")
  }
}
