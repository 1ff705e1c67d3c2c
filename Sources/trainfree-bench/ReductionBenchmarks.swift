import Expressions
import Figures
import Reductions
import SearchSpaces
import Statistics
import Tables

/// Two hundred reductions of a space of 500 encoders with scores and metrics of the kind that was released: target inside
/// with clustered intervals, recall, regret, best of draws, random subsets, truncation, and the tops of fourteen metrics and
/// six baselines at the same size.
enum ReductionBenchmarks {
  private static let (architectures, metrics, workers) = (500, 14, 2)

  static func run() async throws {
    let sample = try ReductionSample(architectures: architectures, metrics: metrics)
    let rules = sample.rules(200)
    let settings = ReductionSettings()
    let clock = ContinuousClock()
    var count = 0
    let elapsed = await clock.measure {
      count = await withTaskGroup(of: Int.self) { group in
        for worker in 0..<workers {
          group.addTask {
            stride(from: worker, to: rules.count, by: workers).count { sample.evaluate(rules[$0], settings) }
          }
        }
        return await group.reduce(0, +)
      }
    }
    let seconds = elapsed / .seconds(1)
    print(
      "\(count) of \(rules.count) reductions of \(architectures) architectures, \(settings.interval.resamples) clustered resamples, \(workers) workers: "
        + "\(NumberText.fixed(seconds, decimals: 2)) s")
    let whole = Array(0..<architectures)
    let time = Stopwatch.seconds(3) {
      _ = InsideCorrelation(sample.members[0], target: sample.target, drawn: whole, settings: settings.interval)
    }
    print("interval of one τ-b inside all \(architectures): \(NumberText.fixed(time.smallest, decimals: 3)) s")
  }
}

/// A table of drawn encoders, a target, and what reductions are held against.
struct ReductionSample: Sendable {
  let table: Table
  let target: ReductionTarget
  /// Metrics, then baselines, by row.
  let members: [[Double?]]

  init(architectures: Int, metrics: Int) throws {
    var generator = SeededGenerator(seed: 20)
    func normal() -> Double { Normal.quantile(Double.random(in: 1e-12..<1, using: &generator)) }
    var records: [EncoderRecord] = []
    for _ in 0..<architectures {
      let layers = (0..<[2, 4][generator.next(below: 2)]).map { _ in
        EncoderLayer(
          operation: EncoderOperation.allCases[generator.next(below: 6)], heads: [2, 4][generator.next(below: 2)],
          feedForwardDimension: [512, 1024][generator.next(below: 2)],
          feedForwardCount: [1, 3][generator.next(below: 2)])
      }
      records.append(try EncoderRecord(hiddenSize: [128, 256][generator.next(below: 2)], layers: layers))
    }
    let names = records[0].features.map(\.name)
    var columns = names.indices.map { index in
      Column(
        schema: ColumnSchema(name: names[index], type: .real), storage: .real(records.map { $0.features[index].value }))
    }
    for layer in 1...4 {
      let cells = records.map { layer <= $0.layers.count ? $0.layers[layer - 1].operation.type : "" }
      let absent = cells.indices.filter { cells[$0].isEmpty }.map { ($0, Cell.noSuchLayer) }
      columns.append(
        Column(
          schema: ColumnSchema(name: "layer-\(layer)-operation", type: .text), storage: .text(cells),
          undefined: Dictionary(uniqueKeysWithValues: absent)))
    }
    table = Table(columns: columns, origins: records.indices.map { RowOrigin(file: "drawn", line: $0 + 1) })
    let scores = records.map { record in
      64 + 3 * Double(record.layers.count - 2) + Double(record.hiddenSize - 128) / 45 + normal()
    }
    target = try ReductionTarget(scores, higherIsBetter: true, clusters: records.indices.map { $0 / 2 })
    var members = (0..<metrics).map { metric in
      records.map { record -> Double? in Double(record.layers.count) * Double(metric) / 7 + normal() }
    }
    members += EncoderVariant.allCases.map { variant in records.map { Double($0.parameterCount(variant)) } }
    members += [records.map { Double($0.layers.count) }, records.map { Double($0.hiddenSize) }]
    members.append(Lexicographic.scores(Array(members.suffix(2))))
    self.members = members
  }

  /// Rules of one or two conditions on features, and counts over layers.
  func rules(_ count: Int) -> [String] {
    var generator = SeededGenerator(seed: 21)
    let names = table.columnNames.filter { !$0.hasPrefix("layer-") }
    var rules: [String] = []
    while rules.count < count {
      let parts = (0...generator.next(below: 2)).map { _ -> String in
        if generator.next(below: 5) == 0 {
          return
            "count(layer.operation == \"\(["SA", "LT", "DSC"][generator.next(below: 3)])\") >= \(1 + generator.next(below: 2))"
        }
        let name = names[generator.next(below: names.count)]
        let values = (table[name]?.numbers ?? []).compactMap { $0 }
        let bound = values[generator.next(below: values.count)]
        return "\(name) \([">=", "<="][generator.next(below: 2)]) \(bound)"
      }
      rules.append(parts.joined(separator: " and "))
    }
    return rules
  }

  /// Evaluates a rule; false when it keeps no row.
  func evaluate(_ rule: String, _ settings: ReductionSettings) -> Bool {
    guard let expression = ExpressionParser.parse(rule).expression else { return false }
    let kept = Membership(rule: expression.values(in: table))
    let tops = settings.topSets(target)
    guard let evaluation = try? ReductionEvaluation(kept, target: target, tops: tops, settings: settings) else {
      return false
    }
    for scores in members {
      guard let rival = try? Membership(top: evaluation.measures.size, of: scores) else { continue }
      _ = try? SubsetMeasures(rival, target: target, tops: tops)
      _ = try? TieRange(rival, target: target, tops: tops, draws: settings.tieDraws, seed: settings.tieSeed)
    }
    return true
  }
}
