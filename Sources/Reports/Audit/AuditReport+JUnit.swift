extension AuditReport {
  /// The audit as JUnit XML: a suite for each analysis, a case for each axis on which a claim says something. A claim of
  /// another severity than `error` does not fail; its verdict stands in the case's output.
  package var junit: String {
    let suites = analyses.map { suite($0) }
    let sums = suites.reduce(into: Counts()) { $0.add($1.counts) }
    return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"trainfree audit\"\(sums.attributes)>\n"
      + suites.map(\.text).joined() + "</testsuites>\n"
  }

  private struct Counts {
    var tests = 0
    var failures = 0
    var errors = 0
    var skipped = 0

    mutating func add(_ other: Counts) {
      tests += other.tests
      failures += other.failures
      errors += other.errors
      skipped += other.skipped
    }

    var attributes: String {
      " tests=\"\(tests)\" failures=\"\(failures)\" errors=\"\(errors)\" skipped=\"\(skipped)\" time=\"0\""
    }
  }

  private func suite(_ analysis: Analysis) -> (text: String, counts: Counts) {
    var counts = Counts()
    var cases = ""
    if let failure = analysis.failure {
      counts.add(Counts(tests: 1, errors: 1))
      cases +=
        "    <testcase classname=\"\(Escape.xml(analysis.id))\" name=\"analysis\" time=\"0\">\n"
        + "      <error message=\"the analysis failed\">\(Escape.xml(failure))</error>\n    </testcase>\n"
    }
    for claim in analysis.claims {
      for axis in claim.axes {
        let content = self.content(axis, of: claim, &counts)
        counts.tests += 1
        let name = Escape.xml("\(claim.name): \(axis.name)")
        cases +=
          "    <testcase classname=\"\(Escape.xml(analysis.id))\" name=\"\(name)\" time=\"0\">\n\(content)    </testcase>\n"
      }
    }
    let head =
      "  <testsuite name=\"\(Escape.xml(analysis.id))\" file=\"\(Escape.xml(analysis.file))\"\(counts.attributes)>\n"
    return (head + cases + "  </testsuite>\n", counts)
  }

  private func content(_ axis: Axis, of claim: Claim, _ counts: inout Counts) -> String {
    var words = "\(claim.title): \(axis.verdict)"
    if let reason = axis.reason { words += " (\(reason))" }
    if let staleness = claim.staleness { words += "; stale: \(staleness)" }
    let body =
      "claimed: \(claim.claimed)\nrecomputed: \(claim.recomputed)\ninterval: \(claim.interval)\nn: \(claim.count)"
    var content = ""
    let isOpen = claim.staleness != nil || axis.standing == .undecided
    if claim.severity == "error", claim.staleness == nil, axis.standing == .failed || isOpen && isStrict {
      counts.failures += 1
      content =
        "      <failure type=\"\(Escape.xml(axis.verdict))\" message=\"\(Escape.xml(words))\">\(Escape.xml(body))</failure>\n"
    } else if isOpen {
      counts.skipped += 1
      content = "      <skipped message=\"\(Escape.xml(words))\"/>\n"
    }
    return content + "      <system-out>\(Escape.xml("\(words)\n\(body)\nseverity: \(claim.severity)"))</system-out>\n"
  }
}
