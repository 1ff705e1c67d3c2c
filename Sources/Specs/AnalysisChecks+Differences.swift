import Diagnostics

/// Checks of comparisons between metrics.
extension AnalysisChecks {
  mutating func checkDifferences(_ differences: DifferencesSpec) {
    checkFamily(differences.family)
    let coefficient = differences.family.coefficients[0]
    guard coefficient != .pearson, coefficient != .spearman else { return }
    for test in differences.tests where test.value.isParametric {
      report(
        "unfitting-test", Located("", at: test.location),
        "\(test.value.rawValue) does not test \(coefficient.rawValue)",
        reason: "it is made for Pearson's r, and approximate for Spearman's ρ",
        fix: "set `coefficient: pearson` or `spearman`, or test by paired-bootstrap")
    }
  }

  mutating func checkStrata(_ strata: StrataSpec) {
    checkFamily(strata.family)
    if strata.equivalenceMargin != nil, strata.family.interval == nil {
      report(
        "needs-interval", strata.name, "\(strata.name.value) asks for equivalence without intervals",
        reason: "equivalence is judged by an interval", fix: "take `interval: none` out, or `equivalence-margin`")
    }
    let columns = Set(strata.by.map(\.value))
    if !strata.replicates.isEmpty, strata.replicates.allSatisfy({ columns.contains($0.value) }) {
      report(
        "no-replicates", strata.replicates[0], "all rows of a stratum would be replicates of one another",
        fix: "name columns that tell the networks of a stratum apart")
    }
  }

  mutating func checkScoreSamples(_ samples: ScoreSamplesSpec) {
    checkDataset(samples.dataset)
  }

  /// Whether a strata part does not compute what a table of it would show.
  func lacks(_ content: TableContent, _ name: String) -> Bool {
    content == .replicates && analysis.strata.contains { $0.name.value == name && $0.replicates.isEmpty }
  }

  /// Checks that a strata part computes the coefficient that a figure shows.
  mutating func checkCoefficient(_ figure: FigureSpec) {
    guard let strata = analysis.strata.first(where: { $0.name.value == figure.from.value })
    else { return }
    let known = strata.family.coefficients
    guard !known.contains(figure.coefficient ?? .kendallTauB) else { return }
    report(
      "unknown-coefficient", figure.from,
      "\(strata.name.value) does not compute \((figure.coefficient ?? .kendallTauB).rawValue)",
      fix: "show one of \(known.map(\.rawValue).joined(separator: ", ")): `coefficient: \(known[0].rawValue)`")
  }
}
