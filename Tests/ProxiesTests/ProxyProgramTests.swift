import Diagnostics
import Expressions
import Outcomes
import Testing

@testable import Proxies

@Suite struct ProxyProgramTests {
  /// What is unsaid is written out; the canonical text reads as the same program.
  @Test(arguments: [
    (
      "mean(layers, mean(square(head)) + logsoftmax(frobenius(activation)))",
      "mean(layers, mean(modules, mean(square(head))) + mean(modules, logsoftmax(frobenius(activation))))"
    ),
    ("mean(layers,sqrt(mean(head)))", "mean(layers, mean(modules, sqrt(mean(head))))"),
    ("sum(modules, sum(abs(weight*gradient)))", "sum(modules, sum(abs(weight * gradient)))"),
    ("mean(layers, sum(abs(weight * gradient)))", "mean(layers, mean(modules, sum(abs(weight * gradient))))"),
    (
      "mean(layers, sqrt(mean(head) * mean(softmax)))",
      "mean(layers, sqrt(mean(modules, mean(head)) * mean(modules, mean(softmax))))"
    ),
    (
      "max(layers, max(modules, norm_sum(weight)) - 2)", "max(layers, max(modules, norm-sum(weight)) - 2)"
    ),
    ("-mean(modules, mean(-head))", "negate(mean(modules, mean(negate(head))))"),
    ("1 - 2 * sum(layers, std(activation)) / 3", "1 - 2 * sum(layers, mean(modules, std(activation))) / 3"),
    ("mean(modules, mean(matmul(weight, gradient)))", "mean(modules, mean(matmul(weight, gradient)))"),
    ("mean(modules, mean((weight - 1) * (2 - weight)))", "mean(modules, mean((weight - 1) * (2 - weight)))"),
    ("mean(layers, 1 / (1 + mean(head)))", "mean(layers, mean(modules, 1 / (1 + mean(head))))"),
  ])
  func canonicalText(_ pair: (String, String)) throws {
    let program = try #require(ProxyProgram.parse(pair.0).program, "\(ProxyProgram.parse(pair.0).problems)")
    #expect(program.text == pair.1)
    #expect(ProxyProgram.parse(program.text).program == program)
  }

  /// Id and place of every problem.
  @Test(arguments: [
    ("", "empty-proxy@0"), ("mean(layers, ", "unbalanced-bracket@4"),
    ("mean(layers, mean(head)", "unbalanced-bracket@4"),
    ("mean(head)", "outside-of-scope@5"), ("mean(layers, head)", "wrong-type@13"),
    ("mean(layers, mean(hed))", "unknown-input@18"), ("mean(layers, maen(head))", "unknown-operation@13"),
    ("mean(layer, mean(head))", "unknown-input@5"), ("median(layers, mean(head))", "unknown-aggregation@0"),
    ("mean(layers, mean(head, weight))", "missing-scope@13"), ("mean(layers, exp(head, weight))", "argument-count@13"),
    ("mean(layers, mean(layers, mean(head)))", "nested-scope@13"),
    ("mean(modules, mean(layers, mean(head)))", "nested-scope@14"), ("mean(layers, 3)", "reads-nothing@13"),
    ("1 + 2", "reads-nothing@2"), ("mean(layers, mean(head * activation))", "unpaired-modules@23"),
    ("mean(modules, mean(matmul(weight, 2)))", "wrong-type@34"), ("layers", "misplaced-scope@0"),
    ("mean(layers, mean(head)) mean(layers, mean(head))", "missing-operator@25"),
    ("mean(layers, mean(head-activation))", "unknown-input@18"), ("mean(layers, mean(square))", "missing-argument@18"),
    ("mean(layers, mean(head) and 1)", "unbalanced-bracket@24"),
    ("mean(layers, mean(head) / )", "missing-value@26"), ("mean(layers, mean(head),)", "missing-value@24"),
    ("mean(layers, mean(\"head\"))", "unexpected-token@18"),
    ("mean(layers, mean(head) × 2)", "unexpected-character@24"),
    ("mean(layers, mean(hed) + mean(wieght))", "unknown-input@18,unknown-input@30"),
  ])
  func problems(_ pair: (String, String)) {
    let reading = ProxyProgram.parse(pair.0)
    #expect(reading.program == nil)
    #expect(reading.problems.map { "\($0.id)@\($0.place)" }.joined(separator: ",") == pair.1, "\(reading.problems)")
  }

  @Test func findingsHavePlaceAndAdvice() {
    let text = "mean(layers,\n  mean(act) + maen(head))"
    guard case .failure(let error) = Result(catching: { try ProxyProgram.read(text, file: "proxy") }) else {
      Issue.record("no error")
      return
    }
    let found = (error as? DiagnosticsError)?.diagnostics ?? []
    #expect(found.map { $0.location?.description } == ["proxy:2:8", "proxy:2:15"])
    #expect(found.map(\.fix) == ["write activation", "did you mean mean?"])
    #expect(found.map(\.excerpt) == ["  mean(act) + maen(head))", "  mean(act) + maen(head))"])
  }

  /// Printed forms parse back, whatever the form.
  @Test(arguments: 0..<10) func printedFormsParseBack(_ block: Int) {
    for seed in 0..<200 {
      var random = RandomFormula(seed: UInt64(block * 1000 + seed))
      let formula = random.any(depth: 5)
      var grammar = ProxyGrammar(ExpressionLexer(formula.text).tokens)
      let read = grammar.whole()
      if grammar.problems.contains(where: { ["too-large", "nested-too-deep"].contains($0.id) }) { continue }
      #expect(read == formula, "\(formula.text) \(grammar.problems)")
      let checked = ProxyProgram.check(formula)
      #expect((checked.program == nil) == !checked.problems.isEmpty)
      if let program = checked.program { #expect(ProxyProgram.check(program.expression).program == program) }
    }
  }

  /// 10,000 damaged texts: a program that has a finite number or a reason, or problems inside of the text; never a crash.
  @Test(arguments: 0..<20) func damagedTexts(_ block: Int) {
    let source = SampleMatrices.network(seed: UInt64(block))
    var programs = 0
    for seed in 0..<500 {
      var random = RandomFormula(seed: UInt64(7_000_000 + block * 1000 + seed))
      let text = random.damaged()
      let reading = ProxyProgram.parse(text)
      #expect((reading.program == nil) == !reading.problems.isEmpty)
      let length = text.unicodeScalars.count
      for problem in reading.problems {
        #expect((0...length).contains(problem.place))
        #expect(!problem.message.isEmpty && !problem.fix.isEmpty)
      }
      #expect(ProxyProgram.diagnostics(reading.problems, of: text, file: "x").allSatisfy { $0.location != nil })
      guard let program = reading.program else { continue }
      programs += 1
      for defects in [ProxyDefects.none, .asReleased] {
        switch program.value(on: source, defects: defects) {
        case .success(let value): #expect(value.isFinite)
        case .failure(let reason): #expect(!reason.text.isEmpty)
        }
      }
    }
    #expect(programs > 0)
  }

  /// Nested to whichever side, a formula needs no more matrices at once than its shape asks for.
  @Test func fewMatricesAreHeldAtOnce() throws {
    func nested(_ join: (String) -> String) throws -> Int {
      let text = (0..<40).reduce("exp(softmax)") { inner, _ in join(inner) }
      return try #require(ProxyProgram.parse("mean(modules, mean(\(text)))").program).expression.children[0]
        .matricesAtOnce
    }
    #expect(try nested { "exp(softmax) - (\($0))" } == 2)
    #expect(try nested { "(\($0)) - exp(softmax)" } == 2)
    let balanced = (0..<6).reduce("exp(head)") { inner, _ in "(\(inner) + \(inner))" }
    let program = try #require(ProxyProgram.parse("mean(modules, mean(\(balanced)))").program)
    #expect(program.expression.children[0].matricesAtOnce == 7)
    // The order of evaluation changes no value.
    let source = SampleMatrices.network(seed: 3)
    for (one, other) in [
      ("exp(head) - (abs(head) - (square(head) - head))", "-((abs(head) - (square(head) - head)) - exp(head))")
    ] {
      let values = [one, other].map {
        ProxyProgram.parse("mean(modules, mean(\($0)))").program?.value(on: source).value
      }
      #expect(values[0] != nil && values[0] == values[1])
    }
  }

  @Test func boundsAreKept() {
    let deep = String(repeating: "(", count: 3000)
    #expect(ProxyProgram.parse(deep).problems.contains { $0.id == "nested-too-deep" })
    let negations = String(repeating: "- ", count: 1500) + "1"
    #expect(ProxyProgram.parse(negations).problems.contains { $0.id == "nested-too-deep" })
    let long = Array(repeating: "1", count: 1200).joined(separator: " + ")
    #expect(
      ProxyProgram.parse(long).problems.contains { ["too-large", "too-long", "nested-too-deep"].contains($0.id) })
    #expect(ProxyProgram.parse(String(repeating: "1", count: 5000)).problems.map(\.id) == ["too-long"])
  }
}
