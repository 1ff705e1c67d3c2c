import ArchitectureSearch
import Documents
import Figures
import Outcomes
import Reports
import Specs
import Tables
import Testing

@testable import Sections

@Suite struct SearchesTests {
  private let glue = ResolvedTarget(dataset: "bert", column: "glue", title: "GLUE score", better: .higher)

  private func member(_ name: String, isBaseline: Bool = false, better: Direction? = .higher) -> SearchMember {
    SearchMember(
      FamilyMember(
        name: name, title: name.capitalized, isBaseline: isBaseline, better: better, source: .column(name)))
  }

  private func part(_ set: (inout SearchSpec) -> Void = { _ in }) -> SearchPart {
    SearchPart(
      spec: SearchSpec {
        $0.name = "small"
        $0.title = "Small"
        $0.budgets = [4, 2]
        $0.searches = 6
        $0.interval.resamples = 100
        set(&$0)
      }, target: glue,
      members: [member("alpha"), member("size", isBaseline: true), member("depth", isBaseline: true)], features: [])
  }

  /// Five architectures, one of which has two rows; one without a target.
  private let table = {
    func real(_ name: String, _ values: [Double], undefined: [Int: String] = [:]) -> Column {
      Column(schema: ColumnSchema(name: name, type: .real, role: .metric), storage: .real(values), undefined: undefined)
    }
    return Table(
      columns: [
        Column(
          schema: ColumnSchema(name: "cell", type: .text, role: .identifier),
          storage: .text(["a", "b", "c", "d", "e", "a"])),
        real("glue", [70, 72, 74, 76, 0, 71], undefined: [4: "not trained"]),
        real("alpha", [1, 4, 2, 0, 9, 3], undefined: [3: "failed"]), real("size", [10, 20, 30, 40, 50, 10]),
        real("depth", [4, 3, 2, 1, 0, 4]),
      ], origins: (0..<6).map { RowOrigin(file: "made", line: $0) })
  }()

  private func results(_ part: SearchPart) async throws -> SearchResults {
    let columns = try SearchColumns(part, table)
    var evaluations: [[Outcome<CandidateEvaluation>]] = []
    var found: [[[BenchmarkSearch.Found]]] = []
    for member in part.members {
      let known = try columns.evaluations(member)
      let search = try BenchmarkSearch(
        columns.space, gains: columns.gains, evaluations: known,
        settings: SearchSettings(
          choice: member.choice(part.spec), budgets: part.spec.budgets, chosen: part.spec.chosen),
        seed: 1)
      var all: [[BenchmarkSearch.Found]] = []
      for number in 0..<part.spec.searches { all.append(try await search.found(number)) }
      found.append(all)
      evaluations.append(known)
    }
    return try SearchSummary(columns: columns, evaluations: evaluations, found: found).results()
  }

  @Test("Rows of one subject are one architecture, with the mean of its targets")
  func subjects() async throws {
    let made = try await results(part { $0.subject = ["cell"] })
    #expect(made.space.total == 5)
    #expect(made.space.n == 4)
    #expect(made.space.missingTarget == 1)
    #expect(made.space.best == 76)
    // (70.5 + 72 + 74 + 76)/4
    #expect(made.space.random.value?.found == 73.125)
    #expect(made.members.values["alpha"]?.n == 3)
    #expect(made.members.values["alpha"]?.variation?.reason?.text == "an architecture has one value")
    #expect(try SearchColumns(part { $0.subject = ["cell"] }, table).gains == [70.5, 72, 74, 76])
    let alone = try await results(part())
    #expect(alone.space.total == 6)
    #expect(alone.members.values["alpha"]?.variation == nil)
  }

  @Test("When all is evaluated the regret is that of the metric's best, without an interval")
  func whole() async throws {
    let made = try await results(part { $0.budgets = [1, 99] })
    let alpha = try #require(made.members.values["alpha"]?.budgets[99])
    #expect(alpha.evaluations == 5)
    #expect(alpha.found.value.value == 72)
    #expect(alpha.regret.value.value == 4)
    #expect(alpha.regret.interval == nil)
    #expect(alpha.choices == 1)
    #expect(made.space.strongest == "size")
    #expect(alpha.lessBaseline?.value.value == 4)
    #expect(made.members.values["size"]?.budgets[99]?.lessBaseline == nil)
    // Two rows share the greatest depth: a coin flip between 70 and 71.
    let depth = try #require(made.members.values["depth"]?.budgets[99]?.found.value.value)
    #expect((70...71).contains(depth))
    // 363/5 = 72.6 is what a random choice finds.
    #expect(abs((alpha.lessRandom.value.value ?? 0) - 0.6) < 1e-12)
    try expectRoundTrip(made)
  }

  @Test("Constraints leave architectures out, and none that keeps them is a reason")
  func constraints() throws {
    func bounded(_ least: Double?, _ most: Double?) -> SearchPart {
      part {
        $0.constraints = [
          SearchBound {
            $0.column = "size"
            ($0.atLeast, $0.atMost) = (least, most)
          }
        ]
      }
    }
    let columns = try SearchColumns(bounded(15, 35), table)
    #expect(columns.gains == [72, 74])
    #expect(columns.outside == 3)
    #expect(throws: Reason("no architecture keeps the constraints")) { try SearchColumns(bounded(100, nil), table) }
  }

  @Test("A smaller target can be the better one")
  func lower() async throws {
    var lower = part { $0.budgets = [99] }
    lower = SearchPart(
      spec: lower.spec, target: ResolvedTarget(dataset: "bert", column: "glue", title: "Loss", better: .lower),
      members: lower.members, features: [])
    let made = try await results(lower)
    #expect(made.space.best == 70)
    #expect(made.members.values["alpha"]?.budgets[99]?.found.value.value == 72)
    #expect(made.members.values["alpha"]?.budgets[99]?.regret.value.value == 2)
  }

  @Test("Tables have a row for each score and for a random choice")
  func tables() async throws {
    let part = part { $0.budgets = [5, 2] }
    let made = try await results(part)
    let outputs = MadeOutputs(["searches/small": made])
    let table = try part.table(TableSpec(), outputs.context())
    #expect(
      table.texts.map { $0[0] } == [
        "Score", "Alpha", "Size (baseline), the strongest", "Depth (baseline)", "random choice",
      ])
    #expect(table.texts.allSatisfy { $0.count == 8 })
    #expect(Array(table.texts[1].prefix(3)) == ["Alpha", "72.00", "4.000"])
    let budgets = try part.table(
      TableSpec { $0.content = "budgets" }, outputs.context())
    #expect(budgets.texts[0] == ["Score", "2", "5"])
    #expect(budgets.texts.count == 5)
    let values = try part.values(outputs.inputs)
    #expect(values["alpha"]?["title"]?.string == "Alpha")
    #expect(values["alpha"]?["budget-5"]?["regret"]?["value"]?.double == 4)
    #expect(values["space"]?["strongest"]?.string == "size")
  }

  @Test("The figure names the best scores and the strongest baseline")
  func figure() async throws {
    let part = part { $0.budgets = [2, 5] }
    let outputs = MadeOutputs(["searches/small": try await results(part)])
    var spec = FigureSpec()
    spec.kind = .found
    let figure = try part.figure(FigureSource(spec, of: part, tables: [], analysis: "A"), outputs.inputs)
    #expect(figure.headline == "Train the one that a search chooses. How good is it?")
    let names = figure.data.rows.compactMap { row in if case .text(let name) = row[0] { name } else { nil } }
    #expect(names == ["Alpha", "Alpha", "Size", "Size", "Random choice", "Best of all 5"])
  }
}
