import Tables
import Testing

@testable import Expressions

@Suite struct ExpressionEvaluationTests {
  private func values(_ text: String, _ table: Table = SampleTable.table) throws -> [ExpressionValue] {
    try #require(ExpressionParser.parse(text).expression).values(in: table)
  }

  private func truths(_ text: String) throws -> [Bool?] { try values(text).map(\.truth) }
  private func numbers(_ text: String) throws -> [Double?] { try values(text).map(\.number) }

  @Test func comparisonsAndArithmetic() throws {
    #expect(try truths("depth == 2") == [true, false, true, false])
    #expect(try truths("hidden-size / depth > 65 and kind != \"y\"") == [false, false, true, false])
    #expect(try truths("kind in ['x', 'it''s']") == [true, false, true, true])
    #expect(try truths("depth not in [2]") == [false, true, false, true])
    #expect(try numbers("-depth + 2 * hidden-size - 1") == [253, 508, 509, 252])
    #expect(try numbers("max(depth, 2.5, layer-1-heads)") == [2.5, 4, 2.5, 3])
    #expect(try numbers("round(power(depth, 0.5) * 100) / 100") == [1.41, 1.73, 1.41, 1.73])
    #expect(try numbers("if(is-new, sqrt(4), abs(-3))") == [2, 3, 3, 2])
    #expect(try numbers("floor(-1.5) + ceiling(1.2) + log(exp(1)) + log2(8) + log10(100)") == [6, 6, 6, 6])
  }

  /// Every value is what a plain loop over the sample's layers gives.
  @Test func countsOverLayers() throws {
    #expect(try numbers("count(layer.operation == \"SA\")") == [1, 2, 2, 1])
    #expect(try numbers("sum(layer.heads)") == [6, 10, 4, 10])
    #expect(try numbers("mean(layer.heads)") == [3, 10.0 / 3, 2, 10.0 / 3])
    #expect(try numbers("min(layer.heads) * 10 + max(layer.heads)") == [24, 24, 22, 24])
    #expect(try truths("any(layer.operation == \"DSC\")") == [false, false, false, true])
    #expect(try truths("all(layer.heads == 2)") == [false, false, true, false])
    #expect(try numbers("count(layer.heads == max(layer.heads))") == [1, 2, 2, 2])
    #expect(try numbers("count(layer.heads > depth)") == [1, 2, 0, 2])
  }

  @Test func undefinedCellsAreThreeValued() throws {
    #expect(try truths("glue > 66") == [false, nil, true, true])
    #expect(try truths("glue > 66 or depth == 3") == [false, true, true, true])
    #expect(try truths("glue > 66 and depth == 2") == [false, false, true, false])
    #expect(try truths("not glue > 66") == [true, nil, false, false])
    #expect(try truths("defined(glue)") == [true, false, true, true])
    #expect(try numbers("if(defined(glue), glue, 0)") == [64.5, 0, 70, 71.25])
    #expect(try values("glue + 1")[1] == .undefined("glue: not given"))
    #expect(try values("depth / (depth - 2)")[0] == .undefined("a division by zero"))
    #expect(try values("log(depth - 3)")[0] == .undefined("a logarithm of a number that is not positive"))
    #expect(try values("sqrt(depth - 3)")[0] == .undefined("a square root of a negative number"))
    #expect(try values("1e300 * 1e300")[0] == .undefined("not a finite number"))
    #expect(try values("depth in [1]").map(\.truth) == [false, false, false, false])
    #expect(try values("glue in [70]")[1] == .undefined("glue: not given"))
  }

  /// A layer whose cell is missing for another reason than the depth makes counts undefined, unless what is known decides.
  @Test func missingCellsOfLayersCount() throws {
    let schema = ColumnSchema(name: "layer-2-heads", type: .integer)
    let table = SampleTable.table.adding(
      Column(schema: schema, storage: .integer([4, 4, 2, 4]), undefined: [0: "not given", 1: Cell.noSuchLayer]))
    #expect(try values("sum(layer.heads)", table)[0] == .undefined("layer-2-heads: not given"))
    #expect(try values("sum(layer.heads)", table)[1] == .number(6))
    #expect(try values("any(layer.heads == 2)", table)[0] == .truth(true))
    #expect(try values("all(layer.heads == 4)", table)[0] == .truth(false))
    #expect(try values("any(layer.heads == 4)", table)[0] == .undefined("layer-2-heads: not given"))
  }

  @Test func kleeneTables() {
    let (t, f, u) = (ExpressionValue.truth(true), ExpressionValue.truth(false), ExpressionValue.undefined("?"))
    let all = [t, f, u]
    #expect(all.map { left in all.map { left.and($0) } } == [[t, f, u], [f, f, f], [u, f, u]])
    #expect(all.map { left in all.map { left.or($0) } } == [[t, t, t], [t, f, u], [t, u, u]])
  }

  /// Expressions that fit no table, and inner counts in counts, have values or reasons; nothing traps, and inner counts cost
  /// no more than once.
  @Test(arguments: 0..<10) func evaluationIsTotal(_ block: Int) {
    for seed in 0..<100 {
      var random = RandomExpression(seed: UInt64(2_000_000 + block * 1000 + seed))
      let values = random.any(depth: 6).values(in: SampleTable.table)
      #expect(values.count == 4)
      #expect(values.allSatisfy { $0.number?.isFinite ?? true })
    }
    let nested = (0..<25).reduce("layer.heads == 2") { inner, _ in "any(layer.heads == 2 and \(inner))" }
    #expect(ExpressionParser.parse(nested).expression?.values(in: SampleTable.table).count == 4)
  }

  @Test func derivedColumns() throws {
    func column(_ text: String) throws -> Column? {
      let expression = try #require(ExpressionParser.parse(text).expression)
      return DerivedColumn(name: "new", expression: expression, columns: SampleTable.schemas)?.column(
        in: SampleTable.table)
    }
    let whole = try #require(try column("depth * 1000 + hidden-size"))
    #expect(
      whole.storage == .integer([2128, 3256, 2256, 3128]) && whole.schema.summary == "depth * 1000 + hidden-size")
    #expect(try column("depth / 2")?.schema.type == .real)
    #expect(try column("count(layer.heads == 2) + sum(layer.heads)")?.schema.type == .integer)
    #expect(try column("mean(layer.heads)")?.schema.type == .real)
    #expect(try column("if(is-new, kind, \"-\")")?.storage == .text(["x", "-", "-", "it's"]))
    #expect(try column("glue > 66")?.undefined == [1: "glue: not given"])
    #expect(try column("depth == kind") == nil)
    #expect(try column("round(1e300)")?.undefined.count == 4)
  }
}
