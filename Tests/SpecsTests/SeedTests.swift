import Testing

@testable import Documents
@testable import Forensics
@testable import Sections
@testable import Specs

/// A seed given for a run takes the place of every seed of a spec, whatever section it stands in.
@Suite struct SeedTests {
  /// Every section with its seeds left out and, under the second name, written; every kind of forensic check.
  private static let spec = """
    analysis: seeds
    title: Seeds
    datasets:
      logs: {use: set/logs}
      other: {use: set/logs}
    target: {dataset: logs, column: loss}
    measure:
      drawn: {architectures: {dataset: logs, recipe: recipe, id: id, select: {deciles-of: loss, seed: 3}}, network: {seeds: [4, 5]}}
      sampled: {architectures: {sample: {count: 2, seed: 6}}}
    summaries: {sum: {dataset: logs, columns: [loss]}}
    correlations:
      bare: {interval: {resamples: 100}}
      written: {baselines: [{cross-fitted: [a], name: fit}, {cross-fitted: [a], name: seeded, seed: 8}], interval: {seed: 7}}
    reliability: {icc: {dataset: logs, subject: id, rater: seed}}
    comparisons: {pair: {dataset: logs, pairs: [{computed: a, published: b}]}}
    effects:
      tell: {features: [a], interval: {resamples: 100}}
      tell-written: {features: [a], seed: 7, interval: {seed: 8}}
    rule-search:
      search: {features: [a]}
      search-written: {features: [a], seed: 7}
    reductions:
      shrink: {candidates: {small: a < 1}}
      shrink-written: {candidates: {small: a < 1}, interval: {seed: 7}, ties: {seed: 8}}
    forensics:
      f-duplicates: {duplicates: {dataset: logs}}
      f-replicates: {replicates: {dataset: logs, same: [a], target: loss}}
      f-function: {function-of: {dataset: logs, column: a, of: b}}
      f-match: {column-match: {dataset: logs, column: a, candidates: b}}
      f-survivors: {survivorship: {dataset: logs, survivors: other, on: id}}
      f-survivors-written: {survivorship: {dataset: logs, survivors: other, on: id, seed: 7}}
      f-batches: {batch-overlap: {dataset: logs, subject: id}}
      f-batches-written: {batch-overlap: {dataset: logs, subject: id, seed: 7}}
      f-offset: {constant-offset: {dataset: logs, column: a, minus: b}}
      f-copies: {copied-values: {dataset: logs, columns: all, over: a, on: id}}
      f-aggregate: {aggregate: {dataset: logs, column: a, of: [b], statistic: mean}}
      f-growth: {accumulation: {dataset: logs}}
    differences:
      compare: {metrics: [a, b]}
      compare-written: {metrics: [a, b], interval: {seed: 7}}
    strata:
      cells: {by: [b]}
      cells-written: {by: [b], interval: {seed: 7}}
      cells-bare: {by: [b], interval: none}
    equal-size:
      alike: {by: [b]}
      alike-written: {by: [b], interval: {seed: 7}}
    score-samples: {runs: {dataset: logs, subject: id}}
    searches:
      hunt: {metrics: [a]}
      hunt-written: {metrics: [a], seed: 7, interval: {seed: 8}}
    published: {paper: {values: [{of: bare.a.spearman, printed: "1"}]}}
    claims: {claim: {statement: S, of: bare.a.spearman, region: {above: 0}, family: all, p-value: tell.a.alone.p-value}}
    claim-families: {all: {correction: holm}}
    findings: {finding: {statement: S, of: bare.a.spearman}}
    changes: [{version: "2", claim: claim, from: holds, to: does not hold, why: S}]
    report:
      - text: T
    """

  private func parsed(seed: Int? = nil) throws -> Analysis {
    try SectionCatalog.language.parse(Array(Self.spec.utf8), file: "s.yaml", seed: seed)
  }

  /// What a value is made of: its seeds, and its numbers whose name says that they are seeds without their being of the type.
  private func found(
    in value: Any, at path: String = "", _ seeds: inout [String: Int], _ numbers: inout [String: [Int]]
  ) {
    if let seed = value as? Seed {
      seeds[path] = seed.value
      return
    }
    for (index, child) in Mirror(reflecting: value).children.enumerated() {
      let label = child.label ?? String(index)
      let place = path.isEmpty ? label : "\(path).\(label)"
      if label.lowercased().contains("seed"), let number = child.value as? Int { numbers[place] = [number] }
      if label.lowercased().contains("seed"), let list = child.value as? [Int] { numbers[place] = list }
      found(in: child.value, at: place, &seeds, &numbers)
    }
  }

  @Test func everySectionIsHere() throws {
    let analysis = try parsed()
    for child in Mirror(reflecting: analysis).children {
      let mirror = Mirror(reflecting: child.value)
      guard mirror.displayStyle == .collection, child.label != "references" else { continue }
      #expect(!mirror.children.isEmpty, "\(child.label ?? "")")
    }
    for section in SectionCatalog.all { #expect(analysis.parts.contains { type(of: $0) == section }, "\(section)") }
    let kinds = Set(analysis.parts(ForensicSpec.self).map { type(of: $0.check).kind })
    #expect(kinds.count == ForensicCatalog.all.count)
  }

  @Test func everySeedOfASpecIsTheGivenOne() throws {
    var (own, given): ([String: Int], [String: Int]) = ([:], [:])
    var (ownNumbers, givenNumbers): ([String: [Int]], [String: [Int]]) = ([:], [:])
    found(in: try parsed(), &own, &ownNumbers)
    found(in: try parsed(seed: 77), &given, &givenNumbers)
    #expect(own.keys == given.keys && given.values.allSatisfy { $0 == 77 })
    #expect(Set(own.values) == [1, 7, 8])
    let drawing: [any Section.Type] = [
      CorrelationsSpec.self, EffectsSpec.self, RuleSearchSpec.self, ReductionSpec.self, ForensicSpec.self,
      DifferencesSpec.self, StrataSpec.self, EqualSizeSpec.self,
    ]
    let parts = try parsed().parts
    for section in drawing {
      let places = parts.indices.filter { type(of: parts[$0]) == section }
      #expect(places.contains { place in own.keys.contains { $0.hasPrefix("parts.\(place).") } }, "\(section)")
    }
    // What is measured keeps its seeds, and nothing else that is called a seed is a bare number.
    #expect(ownNumbers == givenNumbers)
    let numbers: [[Int]] = ownNumbers.values.sorted { (left: [Int], right: [Int]) -> Bool in left[0] < right[0] }
    #expect(numbers == [[0], [3], [4, 5], [6]])
  }

  @Test func aGivenSeedIsNeverNegative() throws {
    #expect(try parsed(seed: -1).parts(RuleSearchSpec.self)[0].seed.value == 0)
  }
}
