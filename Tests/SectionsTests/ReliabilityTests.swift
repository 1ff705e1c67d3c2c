import Documents
import Outcomes
import Specs
import Statistics
import Tables
import Testing

@testable import Sections

@Suite struct ReliabilityTests {
  private let part = ReliabilityPart(
    spec: ReliabilitySpec {
      $0.name = "seeds"
      $0.title = "Seeds"
      $0.rater = ["seed"]
      $0.level = 0.9
    },
    columns: ["alpha", "beta", "gamma"].map { ColumnSchema(name: $0, type: .real, title: $0.uppercased()) },
    table: KnownTable(name: "runs", columns: [ColumnSchema(name: "seed", type: .integer, title: "Seed")]))

  private let results = {
    var alpha = Estimate(.success(0.75), basis: Estimate.Basis(n: 30, level: 0.9, method: "F distribution"))
    alpha.interval = .success(Estimate.Ends(lower: 0.5, upper: 0.875))
    let beta = Estimate(.success(1), ends: .failure(Reason("the subjects do not vary from rater to rater")))
    let gamma = Estimate(.failure(Reason("fewer than two subjects")))
    return ReliabilityResults(
      columns: NamedValues([
        ("alpha", .init(icc: alpha, subjects: 30, total: 1032, raters: 3)),
        ("beta", .init(icc: beta, subjects: 1032, total: 1032, raters: 3)),
        ("gamma", .init(icc: gamma, subjects: 1, total: 1032, raters: 3)),
      ]), lowest: .init(column: "alpha", icc: 0.75), highest: .init(column: "beta", icc: 1))
  }()

  private var outputs: MadeOutputs { MadeOutputs(["reliability/seeds": results]) }

  @Test func resultsAreReadAsWritten() throws { try expectRoundTrip(results) }

  @Test func valuesStandUnderColumnsWithTitles() throws {
    let values = try part.values(outputs.inputs)
    #expect(values.members?.map(\.key) == ["alpha", "beta", "gamma", "lowest", "highest"])
    #expect(
      values["alpha"]?.text()
        == #"{"title":"ALPHA","icc":{"value":0.75,"lower":0.5,"upper":0.875,"n":30,"level":0.9,"method":"F distribution"},"#
        + #""subjects":30,"total":1032,"raters":3}"#)
    #expect(values["gamma"]?["icc"]?.text() == #"{"undefined":"fewer than two subjects"}"#)
    #expect(values["highest"]?.text() == #"{"title":"BETA","icc":1}"#)
  }

  @Test func aTableHasIntervalsAndReasons() throws {
    var spec = TableSpec()
    spec.from = "seeds"
    let table = try part.table(spec, outputs.context())
    #expect(
      table.texts == [
        ["Metric", "ICC(2,1)", "subjects used / total", "repetitions"],
        ["ALPHA", ".750 [.500, .875]", "30 / 1,032", "3"],
        ["BETA", "1.000 [–]", "1,032 / 1,032", "3"],
        ["GAMMA", "undefined: fewer than two subjects", "1 / 1,032", "3"],
      ])
    #expect(table.caption == "Seeds: ICC(2,1) over seed." && table.notes.count == 1)
    #expect(table.rows[1][1].missing == .interval("the subjects do not vary from rater to rater"))
  }

  @Test func aFigureShowsTheColumnsAskedFor() throws {
    let spec = FigureSpec {
      $0.kind = .forest
      $0.columns = ["alpha", "gamma"]
    }
    let figure = try part.figure(
      FigureSource(spec, of: part, tables: [], analysis: "A"), outputs.inputs)
    #expect(figure.title == "1 − ICC(2,1) over seed: Seeds")
    #expect(figure.data.rows.count == 2 && figure.description.contains("90 %"))
  }

  /// Two raters on three subjects, one of which only one rater has rated.
  @Test func subjectsWithoutARatingAreLeftOut() throws {
    func column(_ name: String, _ values: [Int]) -> Column {
      Column(schema: ColumnSchema(name: name, type: .integer), storage: .integer(values))
    }
    let table = Table(
      columns: [
        column("who", [1, 1, 2, 2, 3, 4, 4]), column("seed", [0, 1, 0, 1, 0, 0, 1]),
        column("alpha", [1, 2, 3, 5, 9, 4, 4]),
      ], origins: (2...8).map { RowOrigin(file: "runs.csv", line: $0) })
    let part = ReliabilityPart(
      spec: ReliabilitySpec {
        $0.name = "seeds"
        $0.subject = ["who"]
        $0.rater = ["seed"]
      }, columns: [ColumnSchema(name: "alpha", type: .integer)], table: KnownTable(name: "runs", columns: []))
    let made = try ReliabilityStep(reliability: part).results(of: table)
    let alpha = try #require(made.columns["alpha"])
    #expect(alpha.subjects == 3 && alpha.total == 4 && alpha.raters == 2)
    let expected = try IntraclassCorrelation([[1, 2], [3, 5], [4, 4]], form: .twoWayRandom, level: 0.95)
    #expect(alpha.icc.value == .success(expected.value) && alpha.icc.basis.n == 3)
    #expect(made.lowest == made.highest && made.lowest?.column == "alpha")
  }
}
