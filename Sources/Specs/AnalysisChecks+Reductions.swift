import Diagnostics

/// Checks of derived columns and reductions.
extension AnalysisChecks {
  mutating func checkDerived(_ dataset: DatasetUse) {
    if dataset.derive.count > DerivedSpec.limit {
      report(
        "too-many", dataset.name, "\(dataset.name.value) derives \(dataset.derive.count) columns",
        reason: "at most \(DerivedSpec.limit) can be", fix: "derive those that are used")
    }
    for derived in dataset.derive { checkExpression(derived.expression) }
  }

  mutating func checkReduction(_ reduction: ReductionSpec) {
    checkTarget(reduction.target, of: reduction.name)
    if reduction.candidates.isEmpty || reduction.candidates.count > ReductionSpec.limit {
      report(
        reduction.candidates.isEmpty ? "too-few" : "too-many", reduction.name,
        "\(reduction.name.value) has \(reduction.candidates.count) candidates",
        reason: "from 1 to \(ReductionSpec.limit) can be evaluated together",
        fix: reduction.candidates.isEmpty ? "add one, such as `deep: \"depth == 4\"`" : "split it")
    }
    for candidate in reduction.candidates { checkCandidate(candidate) }
  }

  private mutating func checkCandidate(_ candidate: ReductionCandidate) {
    if candidate.name.value == ReductionSpec.whole {
      report(
        "reserved-name", candidate.name, "\(ReductionSpec.whole) stands for the space that is not reduced",
        fix: "choose another name")
    }
    if let rule = candidate.rule { checkExpression(rule) }
    if candidate.rule == nil, candidate.top == nil, candidate.by.isEmpty {
      report(
        "no-rule", candidate.name, "\(candidate.name.value) does not say what it keeps",
        fix: "add `rule:` with an expression, or `top:` and `by:`")
    } else if (candidate.top == nil) != candidate.by.isEmpty {
      let missing = candidate.top == nil ? "top" : "by"
      report(
        "missing-key", candidate.name, "\(candidate.name.value) lacks the key \(missing)",
        reason: "the top of a ranking needs its size and the columns it is by",
        fix: missing == "top" ? "add `top:` with a number of rows or a share" : "add `by:` with a column")
    }
    if candidate.better != nil, candidate.by.isEmpty {
      report(
        "unfitting-key", candidate.name, "better has no meaning for \(candidate.name.value), which ranks nothing",
        fix: "take it out")
    }
  }

  /// Correlations inside reductions are shown only where they are computed.
  mutating func checkCorrelations(of name: Located<String>) {
    guard let reduction = analysis.reductions.first(where: { $0.name.value == name.value }), !reduction.correlations
    else { return }
    report(
      "needs-correlations", name, "\(name.value) does not correlate metrics inside its reductions",
      fix: "add `correlations: true` to it")
  }

  mutating func checkExpression(_ expression: LocatedExpression) {
    for problem in expression.problems { append(problem.diagnostic(at: expression.location(of: problem))) }
  }
}

extension ReductionSpec {
  /// The name under which the space that is not reduced stands among the results.
  package static let whole = "whole"
}
