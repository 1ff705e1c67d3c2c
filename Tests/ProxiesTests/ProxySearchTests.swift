import Documents
import Foundation
import Outcomes
import Statistics
import Testing

@testable import Proxies

/// Searches on made-up networks whose target is known to follow size, a planted program, both, or neither.
@Suite struct ProxySearchTests {
  /// Networks with features that vary in size, in a spread that size does not tell, and in noise.
  private struct Sample {
    var features: [ProxyFeatures] = []
    var units: [Int] = []
    var depth: [Double] = []
    var parameters: [Double] = []
    var spread: [Double] = []
    var noise: [Double] = []

    init(count: Int, seed: UInt64) throws {
      var sample = SampleMatrices(seed: seed)
      for row in 0..<count {
        // Two rows of a unit are one network.
        if row % 3 == 2, let last = features.last {
          features.append(last)
          units.append(units[row - 1])
          for path in [\Sample.depth, \.parameters, \.spread] {
            self[keyPath: path].append(self[keyPath: path][row - 1])
          }
          noise.append(sample.number())
          continue
        }
        let depth = 2 + 2 * sample.generator.next(below: 2)
        let width = 4 + sample.generator.next(below: 5)
        let spread = 1 + sample.number() / 2
        let layers = [Int](repeating: 1, count: depth)
        let source = ProxyMatrices([
          .weight: sample.entries(layers, [width, 6]), .gradient: sample.entries(layers, [width, 6]),
          .head: sample.entries(layers, [2, width, 5], scale: spread),
        ])
        features.append(try ProxyFeatures(source))
        units.append(row)
        self.depth.append(Double(depth))
        parameters.append(Double(depth * width))
        self.spread.append(spread)
        noise.append(sample.number())
      }
    }

    func problem(_ target: (Sample, Int) -> Double) throws -> ProxySearchProblem {
      try ProxySearchProblem(
        features: features, target: features.indices.map { target(self, $0) }, higherIsBetter: true, units: units,
        sizes: [ProxyColumn("parameters", parameters), ProxyColumn("depth", depth)])
    }
  }

  private static let sample = Result { try Sample(count: 120, seed: 1) }

  private func spec(_ change: (inout ProxySearchSpec) -> Void = { _ in }) -> ProxySearchSpec {
    var spec = ProxySearchSpec()
    (spec.population, spec.budget, spec.finalists, spec.folds, spec.resamples) = (20, 120, 5, 4, 299)
    change(&spec)
    return spec
  }

  private func json(_ report: ProxySearchReport) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    return try String(decoding: encoder.encode(report), as: UTF8.self)
  }

  /// A proxy that follows the target beyond size is found, by the objective that looks for it and by the other.
  @Test(arguments: ProxySearchSpec.Objective.allCases) func plantedProxy(_ objective: ProxySearchSpec.Objective) throws
  {
    let problem = try Self.sample.get().problem { $0.depth[$1] / 4 + 4 * $0.spread[$1] + 0.2 * $0.noise[$1] }
    let report = try ProxySearch(problem, spec: spec { $0.objective = objective }).report()
    #expect(report.verdict == .beyondSize, "\(report.text)")
    #expect(try #require(report.evolution.withinSize.value) > 0.8)
    #expect(try #require(report.evolution.beyondSize.value) > 0.8)
    #expect(try #require(report.aboveBaseline.lower) > 0)
    #expect(report.final?.evolution?.text.contains("head") == true)
  }

  /// A target that is size and noise: a proxy may be found, but nothing beyond size.
  @Test(arguments: 1...4) func nothingBeyondSize(_ seed: UInt64) throws {
    let problem = try Self.sample.get().problem { sample, row in
      sample.parameters[row] / 10 + sample.noise[(row * 7 + Int(seed) * 13) % sample.noise.count]
    }
    let report = try ProxySearch(problem, spec: spec { $0.seed = seed }).report()
    #expect(report.verdict == .nothingBeyondSize, "\(report.text)")
    #expect(report.text.contains("Nothing beyond size was found"))
    #expect(try #require(report.baseline.overall.value) > 0.5)
  }

  /// The report has the same bytes whatever the order in which folds are computed, and for a search that is made again.
  @Test func searchesAreDeterministic() async throws {
    let problem = try Self.sample.get().problem { $0.spread[$1] + $0.noise[$1] }
    let search = try ProxySearch(problem, spec: spec { $0.selection = .tournament })
    let one = try json(search.report())
    let parallel = await withTaskGroup(of: ProxySearchFold.self) { group in
      for number in (0..<search.searchCount).reversed() { group.addTask { search.fold(number) } }
      return await group.reduce(into: []) { $0.append($1) }
    }
    #expect(try json(search.report(parallel)) == one)
    #expect(try json(ProxySearch(problem, spec: spec { $0.selection = .tournament }).report()) == one)
    let decoded = try JSONDecoder().decode(ProxySearchReport.self, from: Data(one.utf8))
    #expect(try json(decoded) == one)
    #expect(try json(ProxySearch(problem, spec: spec { $0.seed = 9 }).report()) != one)
  }

  /// Every unit is whole in one fold, every row is reported on once, and no search sees what it is reported on.
  @Test func splitsAreHonest() throws {
    let problem = try Self.sample.get().problem { $0.spread[$1] + $0.noise[$1] }
    let search = try ProxySearch(problem, spec: spec())
    for rows in problem.units.members { #expect(Set(rows.map { search.splits.folds[$0] }).count == 1) }
    var reported: [Int] = []
    for number in 0..<search.spec.folds {
      let part = search.splits.part(number)
      #expect((part.training + part.choosing + part.reporting).sorted() == Array(problem.target.indices))
      reported += part.reporting
    }
    #expect(reported.sorted() == Array(problem.target.indices))
    let last = search.splits.part(search.spec.folds)
    #expect(last.reporting.isEmpty && (last.training + last.choosing).sorted() == Array(problem.target.indices))
    // Folds are alike in size: their means of parameters differ by less than a tenth.
    let means = (0..<search.spec.folds).map { fold -> Double in
      let rows = search.splits.part(fold).reporting
      return rows.reduce(0) { $0 + problem.sizes[0].values[$1] } / Double(rows.count)
    }
    #expect(try #require(means.max()) / #require(means.min()) < 1.1)
    // What the rows of a fold are changes nothing in its search.
    let fold = search.fold(1)
    var target = problem.target
    for row in fold.reportingRows { target[row] = -target[row] }
    let other = try ProxySearchProblem(
      target: target, higherIsBetter: true, units: problem.units.numbers, sizes: problem.sizes, inputs: problem.inputs,
      values: problem.values)
    let again = try ProxySearch(other, spec: spec()).fold(1)
    #expect(again.evolution?.text == fold.evolution?.text && again.evolution?.training == fold.evolution?.training)
    #expect(again.evolution?.values == fold.evolution?.values)
    #expect(again.evolution?.reporting != fold.evolution?.reporting)
  }

  /// A target of which smaller values are better is the same search.
  @Test func directionsAreTurned() throws {
    let problem = try Self.sample.get().problem { 4 * $0.spread[$1] + $0.noise[$1] }
    let turned = try ProxySearchProblem(
      target: problem.target.map { -$0 }, higherIsBetter: false, units: problem.units.numbers, sizes: problem.sizes,
      inputs: problem.inputs, values: problem.values)
    #expect(try ProxySearch(problem, spec: spec()).report() == ProxySearch(turned, spec: spec()).report())
  }

  /// Programs are scored up to the budget, each once; undefined and constant ones take nothing of it.
  @Test func budgetsAreKept() throws {
    let problem = try Self.sample.get().problem { $0.spread[$1] + $0.noise[$1] }
    let fold = try ProxySearch(problem, spec: spec()).fold(0)
    #expect(fold.evolutionCounts.scored == 120 && fold.randomCounts.scored == 120)
    #expect(!fold.evolutionCounts.isExhausted)
    #expect(fold.randomCounts.undefined > 0 && fold.randomCounts.constant > 0)
    let nothing = try ProxySearchProblem(
      target: problem.target, higherIsBetter: true, units: problem.units.numbers, sizes: problem.sizes,
      inputs: problem.inputs
    ) { _ in problem.target.map { _ in nil } }
    let report = try ProxySearch(nothing, spec: spec { $0.budget = 10 }).report()
    #expect(
      report.verdict == .undecided && report.folds.allSatisfy { $0.evolution == nil && $0.evolutionCounts.isExhausted })
    #expect(report.evolution.overall.reason == "nothing was found" && report.baseline.overall.value != nil)
    #expect(!report.text.isEmpty)
  }

  /// Fitness on the training rows: evolution is not behind random programs, and the choice is among the finalists.
  @Test func evolutionClimbs() throws {
    let problem = try Self.sample.get().problem { $0.spread[$1] * $0.depth[$1] + 0.1 * $0.noise[$1] }
    let search = try ProxySearch(problem, spec: spec { $0.finalists = 1 })
    for number in 0..<search.searchCount {
      let fold = search.fold(number)
      #expect(try #require(fold.evolution).training >= #require(fold.random).training - 0.05)
    }
  }

  /// The text names what was found, and has every number with its interval.
  @Test func reportsAreReadable() throws {
    let problem = try Self.sample.get().problem { $0.depth[$1] / 4 + 4 * $0.spread[$1] + 0.2 * $0.noise[$1] }
    let report = try ProxySearch(problem, spec: spec()).report()
    let lines = report.text.split(separator: "\n").map(String.init)
    #expect(lines[0] == "Search for proxies: 120 architectures, 80 units, 4 folds, seed 1")
    #expect(lines.contains { $0.hasPrefix("evolution ") && $0.contains("[") })
    #expect(lines.contains { $0.hasPrefix("fold 4: mean(layers, ") && $0.contains("is better; training 0.") })
    #expect(lines.last?.hasPrefix("What was found ranks units that no search saw better than size alone") == true)
    #expect(!report.text.contains("nan") && !report.text.contains("inf"))
  }

  /// The program of a paired proxy has the value that features give.
  @Test func featuresAreThePrograms() throws {
    let source = SampleMatrices.network(seed: 2)
    let features = try ProxyFeatures(source)
    let stored = try JSONDecoder().decode(ProxyFeatures.self, from: JSONEncoder().encode(features))
    var draws = ProxyDraws(seed: 4, stream: 0, inputs: ProxyInput.allCases, aggregations: ProxyAggregation.allCases)
    var compared = 0
    for _ in 0..<500 {
      let paired = draws.program()
      let program = try #require(ProxyProgram.parse(paired.text).program)
      #expect(program.expression == paired.expression)
      let value = program.value(on: source).value
      let looked = paired.value(of: features)
      #expect(looked == paired.value(of: stored))
      guard let value, let looked else {
        #expect(value == nil && looked == nil, "\(paired.text)")
        continue
      }
      compared += 1
      #expect(abs(value - looked) <= 1e-10 * max(1, abs(value)), "\(paired.text): \(value), \(looked)")
    }
    #expect(compared > 300)
    var other = paired(.sum)
    (other.first, other.second) = (other.second, other.first)
    #expect(other.text == paired(.sum).text)
    var difference = paired(.difference)
    (difference.first, difference.second) = (difference.second, difference.first)
    #expect(difference.text != paired(.difference).text)
  }

  private func paired(_ operation: BinaryOperation) -> PairedProxy {
    PairedProxy(.init(.head, .negate, .square), operation, .init(.weight, .identity, .mean))
  }

  @Test func damagedFeaturesAreRefused() throws {
    for text in [
      "[{\"input\":\"head\",\"layers\":[1],\"values\":\"AAAA\"}]",
      "[{\"input\":\"hand\",\"layers\":[],\"values\":\"\"}]", "{}",
    ] {
      #expect(throws: (any Error).self) { try JSONDecoder().decode(ProxyFeatures.self, from: Data(text.utf8)) }
    }
  }

  @Test func faultsHaveReasons() throws {
    let problem = try Self.sample.get().problem { $0.spread[$1] }
    for change: (inout ProxySearchSpec) -> Void in [
      { $0.folds = 2 }, { $0.budget = 0 }, { $0.population = 1 }, { $0.crossover = 2 }, { $0.level = 1 },
      { $0.aggregations = [] }, { $0.folds = 99 },
    ] {
      #expect(throws: Reason.self) { try ProxySearch(problem, spec: spec(change)) }
    }
    #expect(throws: Reason.self) {
      try ProxySearchProblem(features: [], target: [1], higherIsBetter: true, sizes: [])
    }
    #expect(throws: Reason.self) {
      try ProxySearchProblem(target: [1, .nan], higherIsBetter: true, sizes: [], inputs: [.head]) { _ in [1, 2] }
    }
  }
}
