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
        Column(
          schema: ColumnSchema(name: "space", type: .text, role: .identifier),
          storage: .text(Array(repeating: "all", count: 6))),
        real("glue", [70, 72, 74, 76, 0, 71], undefined: [4: "not trained"]),
        real("alpha", [1, 4, 2, 0, 9, 3], undefined: [3: "failed"]), real("size", [10, 20, 30, 40, 50, 10]),
        real("depth", [4, 3, 2, 1, 0, 4]),
      ], origins: (0..<6).map { RowOrigin(file: "made", line: $0) })
  }()

  private func results(_ part: SearchPart) async throws -> SearchResults {
    let lines = try SearchLines(SearchColumns(part, table))
    var found: [[[BenchmarkSearch.Found]]] = []
    for line in 0..<lines.count {
      let search = try lines.search(line)
      var all: [[BenchmarkSearch.Found]] = []
      for number in 0..<part.spec.searches { all.append(try await search.found(number)) }
      found.append(all)
    }
    var drawn: [SearchDraw] = []
    for number in 0..<(part.spec.units.isEmpty ? 0 : part.spec.draws) { drawn.append(try await lines.drawn(number)) }
    return try SearchSummary(lines: lines, found: found, drawn: drawn).results()
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

  /// Samples of one or two values decide nothing: by tests an architecture is chosen at random.
  @Test("Choice by tests is held against choice by means in the same searches")
  func lessMean() async throws {
    func spec(_ choice: SearchSpec.Choice) -> SearchPart {
      part {
        $0.subject = ["cell"]
        $0.choice = choice
        $0.searches = 40
      }
    }
    let (tests, means) = (try await results(spec(.mannWhitney)), try await results(spec(.mean)))
    let one = try #require(tests.members.values["alpha"]?.budgets[2])
    let other = try #require(means.members.values["alpha"]?.budgets[2])
    let difference = try #require(one.lessMean?.value.value)
    #expect(abs(difference - ((one.regret.value.value ?? 0) - (other.regret.value.value ?? 0))) < 1e-12)
    #expect(one.lessMean?.ends != nil && one.overUnits == nil)
    #expect(other.lessMean == nil && tests.members.values["size"]?.budgets[2]?.lessMean == nil)
    try expectRoundTrip(tests)
  }

  /// Drawing the one unit that there is changes nothing; drawing architectures moves what is found.
  @Test("Differences have intervals over trained networks")
  func units() async throws {
    func made(_ units: Located<String>) async throws -> SearchResults {
      try await results(
        part {
          $0.subject = ["cell"]
          $0.units = [units]
          $0.choice = .mannWhitney
          $0.draws = 30
        })
    }
    let whole = try await made("space")
    #expect(whole.space.units == 1)
    for name in ["alpha", "depth"] {
      let at = try #require(whole.members.values[name]?.budgets[2])
      let less = try #require(at.overUnits?.lessRandom)
      #expect(less.value == at.lessRandom.value)
      let value = try #require(less.value.value)
      #expect(abs((less.ends?.lower ?? 9) - value) < 1e-12 && abs((less.ends?.upper ?? 9) - value) < 1e-12)
    }
    let each = try await made("cell")
    let at = try #require(each.members.values["depth"]?.budgets[2]?.overUnits)
    #expect(each.space.units == 4 && at.lessRandom.basis.clusters == 4)
    for estimate in [at.lessRandom, try #require(at.lessBaseline)] {
      let ends = try #require(estimate.ends)
      #expect(ends.lower < ends.upper)
    }
    // In some draws all that a search evaluates is the architecture without a value.
    let undefined = each.members.values["alpha"]?.budgets[2]?.overUnits?.lessMean?.interval?.reason?.text
    #expect(undefined?.hasSuffix("of 30 draws found nothing") == true)
    try expectRoundTrip(each)
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
