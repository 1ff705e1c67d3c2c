import Diagnostics
import Documents
import Pipeline
import Store
import Testing

@testable import Datasets
@testable import Runner
@testable import Sections
@testable import Specs

/// What is printed or computed is part of a key, and what is only printed computes nothing anew.
@Suite struct KeyTests {
  private let every: EveryAnalysis

  init() throws { every = try EveryAnalysis() }

  /// Kinds of step that show what others have computed.
  private static let showing: Set<String> = ["results", "published", "claims", "figure", "report"]
  /// Keys of a spec and of the catalogue whose values are for people alone.
  private static let texts: Set<String> = [
    "title", "summary", "caption", "note", "statement", "quote", "locator", "text", "unit", "licence", "address",
    "citation", "by-hand", "authors", "home",
  ]
  /// The fake engine has no other tokens; a text is seldom a day.
  private static let unchangeable: Set<String> = ["tokens.use", "imprint.date"]

  /// Everything of each step that is known before it runs; of figures, of which there are many, when they are wanted.
  private func own(_ plan: Plan, figures: Bool = false) -> [String: (kind: String, text: String)] {
    Dictionary(
      uniqueKeysWithValues: plan.steps.filter { figures || $0.kind.name != "figure" }.map { step in
        let key = StepKey(
          kind: step.kind, parameters: step.parameters, sources: step.sources,
          inputs: step.inputs.map { KeyField($0.name, "\($0.step) \($0.artifact ?? "")") })
        return (step.name, (step.kind.name, key.text))
      })
  }

  /// The kinds of the steps that differ between two plans.
  private func changed(
    _ before: [String: (kind: String, text: String)], _ after: [String: (kind: String, text: String)]
  ) -> Set<String> {
    var kinds: Set<String> = []
    for name in Set(before.keys).union(after.keys) where before[name]?.text != after[name]?.text {
      kinds.insert(before[name]?.kind ?? after[name]?.kind ?? "")
    }
    return kinds
  }

  /// Holds every mutation of a document against the plan of the document itself.
  private func check(
    _ text: String, _ schema: Schema, _ plan: (String) throws -> Plan
  ) throws -> Set<String> {
    let document = JSONValue(try DocumentReader.read(Array(text.utf8), file: "d.yaml"))
    let original = try plan(document.text())
    let (before, figures) = (own(original), own(original, figures: true))
    let mutations = SpecMutator.mutations(of: document, schema, names: Self.names)
    var found: Set<String> = []
    var held: Set<String> = []
    for mutation in mutations {
      // One value of each kind in each section.
      let place = "\(mutation.path.prefix { $0 != "." }) \(mutation.field)"
      guard !held.contains(place), let made = first(of: mutation.texts, plan) else { continue }
      held.insert(place)
      found.insert(mutation.field)
      let isFigure = mutation.field.hasPrefix("figure.")
      let kinds = isFigure ? changed(figures, own(made, figures: true)) : changed(before, own(made))
      if isFigure { #expect(kinds.contains("figure") == (mutation.key != "caption"), "\(mutation.path)") }
      #expect(kinds.contains("report"), "\(mutation.path) changes \(kinds.sorted())")
      if Self.texts.contains(mutation.key) {
        #expect(kinds.isSubset(of: Self.showing), "\(mutation.path) changes \(kinds.sorted())")
      }
      if mutation.path.hasPrefix("report.") {
        #expect(kinds.isSubset(of: ["figure", "report"]), "\(mutation.path) changes \(kinds.sorted())")
      }
    }
    return SpecMutator.fields(of: schema).subtracting(found).filter { field in
      // A key whose values are objects or lists is changed where these are.
      mutations.contains { $0.field == field } || !isInner(field, schema)
    }
  }

  /// The plan of the first document that is one.
  private func first(of texts: [String], _ plan: (String) throws -> Plan) -> Plan? {
    for text in texts { if let made = try? plan(text) { return made } }
    return nil
  }

  /// Whether a key holds nothing but other objects.
  private func isInner(_ field: String, _ schema: Schema) -> Bool {
    var inner = false
    var seen: Set<String> = []
    func holdsObjects(_ schema: Schema) -> Bool {
      switch schema {
      case .object: true
      case .list(let element, _): holdsObjects(element)
      case .map(let value), .texts(let value): holdsObjects(value)
      case .either(let schemas): schemas.contains { holdsObjects($0) }
      default: false
      }
    }
    func visit(_ schema: Schema) {
      switch schema {
      case .list(let element, _): visit(element)
      case .map(let value), .texts(let value): visit(value)
      case .either(let schemas): for schema in schemas { visit(schema) }
      case .object(let object):
        guard seen.insert(object.name).inserted else { return }
        for known in object.fields {
          if field == "\(object.name).\(known.key)" { inner = holdsObjects(known.schema) }
          visit(known.schema)
        }
      default: break
      }
    }
    visit(schema)
    return inner
  }

  private static let names = [
    [
      "noise", "width", "depth", "score", "loss", "size", "operation", "twin", "id", "one", "label", "alpha", "odd",
      "parameters", "seed", "batch", "published-alpha", "family", "number", "recipe", "architecture",
    ], ["space", "rows", "both", "again", "fresh", "names", "spare"], ["fresh-runs", "sampled-runs", "small-runs"],
    ["main", "plain", "bare"], ["groups", "groups-again"], ["seeds", "seeds-again"], ["against", "against-again"],
    ["hunt", "hunt-again"], ["tell", "tell-again"], ["rules", "rules-again"], ["shrink", "shrink-again"],
    ["compare", "cells", "runs", "paper", "f-match", "f-growth"],
    ["own", "used", "below", "least", "most", "middle", "used-least", "used-most"],
    ["found", "plain", "compared"], ["2026-01-01", "2026-01-02", "2026-01-03", "2026-01-04"], ["abcdef0", "abcdef1"],
    ["holds", "does not hold", "cannot be told"], ["all", "few"], ["known2024", "other2024"],
    ["known2024#second", "known2024#first", "known2024#least"],
    ["set/space", "set/published"], ["earlier/cells", "earlier/cells-runs"], ["own.csv", "own-other.csv"],
    ["space", "published"], ["groups-operation", "groups-depth"],
    [
      "main.noise.kendall-tau-b", "main.width.kendall-tau-b", "main.noise.spearman", "main.size.spearman",
      "f-offset.kind",
    ],
  ]

  @Test func everyKeyOfASpecIsPartOfAKey() throws {
    let shape = AnalysisShape(language: SectionCatalog.language).root
    let missing = try check(EveryAnalysis.spec, .object(shape)) { try every.plan($0) }
    #expect(missing.subtracting(Self.unchangeable).sorted() == [])
  }

  @Test func everyKeyOfAClaimsFileIsPartOfAKey() throws {
    let missing = try check(EveryAnalysis.claims, .object(ClaimsFile.shape)) {
      try every.plan(claims: $0)
    }
    // What a file says of all of its claims is not shown.
    #expect(missing.sorted() == ["claims-file.note", "claims-file.title"])
  }

  @Test func everyTextOfTheCatalogueIsPartOfAKey() throws {
    let missing = try check(every.catalogue, .object(CatalogSchema.root)) {
      try every.plan(catalogue: $0)
    }
    // Names of datasets stand in specs, those of sets of columns in datasets; no text set is used.
    #expect(
      missing.filter { !$0.hasPrefix("corpus.") && !$0.hasPrefix("parts.") }.sorted() == [
        "dataset.column-sets", "dataset.id", "unit.of",
      ])
  }

  @Test func whereASpecStandsIsPartOfNoKey() throws {
    let moved = own(try every.plan("# A line above.\n" + EveryAnalysis.spec))
    #expect(changed(own(try every.plan()), moved) == [])
  }

  @Test func everyFieldOfAReferenceAndTheDateOfFilesArePartOfAKey() throws {
    let before = own(try every.plan(), figures: true)
    for (old, new) in [("Known}", "Renowned}"), ("A. Known", "A. Unknown"), ("10.1/x", "10.1/y"), ("{J}", "{K}")] {
      #expect(EveryAnalysis.bibliography.contains(old))
      let text = EveryAnalysis.bibliography.replacing(old, with: new, maxReplacements: 1)
      #expect(changed(before, own(try every.plan(bibliography: text), figures: true)) == ["report"], "\(old)")
    }
    let dated = try every.plan(renderer: PlainRenderer(date: "2001-01-01T00:00:00Z"))
    #expect(changed(before, own(dated, figures: true)) == ["figure"])
  }

  /// Steps with random draws of their own, and those of a family with a cross-fitted rank, whose folds are drawn.
  @Test func aGivenSeedChangesEveryStepThatDrawsAtRandom() throws {
    let kinds = changed(own(try every.plan()), own(try every.plan(seed: 77)))
    #expect(
      kinds.subtracting(Self.showing) == [
        "coefficients", "effects", "variance-shares", "rule-search", "reduction", "forensics", "differences", "strata",
        "strata-reliability", "equal-size", "partial", "truncation", "failed", "top", "agreement", "searches",
      ])
  }

  /// Other titles everywhere: nothing is computed anew, and the report is that of a fresh store.
  @Test func titlesComputeNothingAndReachTheReport() async throws {
    let first = try await every.run(try every.plan())
    #expect(first.result.failures.map { "\($0)" } == [])
    let spec = EveryAnalysis.spec.replacing(/(title|caption|locator|note|quote|statement): ([A-Z])/) {
      "\($0.output.1): Un\($0.output.2)"
    }.replacing("Noise {{", with: "It {{")
    let claims = EveryAnalysis.claims.replacing("Noise", with: "It")
    let catalogue = every.catalogue.replacing(/(title|summary|unit|licence): ([A-Za-z])/) {
      "\($0.output.1): Un\($0.output.2)"
    }
    let changed = try every.plan(spec, catalogue: catalogue, claims: claims, engine: FakeEngine(prefix: "Un"))
    let again = try await every.run(changed)
    for step in changed.steps where !Self.showing.contains(step.kind.name) {
      #expect(again.result.outcomes[step.name] == .current, "\(step.name)")
    }
    let fresh = try await every.run(changed, store: "fresh")
    #expect(fresh.result.failures.isEmpty)
    #expect(again.result.records["report"]?.artifacts == fresh.result.records["report"]?.artifacts)
    #expect(again.result.records.mapValues(\.output) == fresh.result.records.mapValues(\.output))
    let text = try #require(fresh.result.records["report"]?.artifacts["report.md"])
    let markdown = String(decoding: try fresh.store.artifact(text), as: UTF8.self)
    let left = ["Noise", "Width", "Alpha", "The space", "Loss", "\u{F0000}"].filter {
      markdown.replacing("Un\($0)", with: "").replacing("un\($0)", with: "").contains($0)
    }
    #expect(left == [])
  }

  /// A sentence more or less changes the report alone, whatever it names.
  @Test func sentencesChangeTheReportAlone() async throws {
    _ = try await every.run(try every.plan())
    for (old, new) in [
      ("best {{ main.best.title }}", "no best"), ("{{ main.agreement.strongest.first }}", "none"),
      ("Noise {{", "Its noise {{"),
    ] {
      #expect(EveryAnalysis.spec.contains(old))
      let plan = try every.plan(EveryAnalysis.spec.replacing(old, with: new))
      let again = try await every.run(plan)
      let ran = plan.steps.filter { again.result.outcomes[$0.name] != .current }.map(\.name)
      #expect(ran == ["report"])
    }
  }
}
