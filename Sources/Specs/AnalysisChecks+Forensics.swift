import Diagnostics

/// Checks of forensic checks: datasets that are there, settings that go together.
extension AnalysisChecks {
  mutating func checkForensic(_ forensic: ForensicSpec) {
    checkDataset(forensic.check.dataset)
    if let other = forensic.check.other { checkDataset(other) }
    switch forensic.check {
    case .replicates(let check):
      if case .columns(let same) = check.same { exclude(check.target, from: same, "the target is what differs") }
    case .functionOf(let check): exclude(check.column, from: check.of, "every column is a function of itself")
    case .columnMatch(let check): exclude(check.column, from: check.candidates, "every column equals itself")
    case .aggregate(let check): exclude(check.column, from: check.of, "an aggregate is not a part of itself")
    case .copiedValues(let check): exclude(check.over, from: check.on, "rows of two conditions have no key in common")
    case .survivorship(let check):
      if check.survivors.value == check.dataset.value {
        report(
          "same-dataset", check.survivors, "\(check.survivors.value) is held against itself",
          reason: "no key is missing from its own dataset", fix: "name the dataset of the survivors")
      }
    case .batchOverlap(let check):
      if (check.length == nil) != (check.stride == nil) {
        report(
          "missing-key", forensic.name, "\(forensic.name.value) declares only one of length and stride",
          reason: "shared rows are the length less the stride", fix: "give both, or neither")
      }
    case .constantOffset(let check): checkCounterpart(check)
    case .duplicates, .accumulation: break
    }
  }

  private mutating func checkCounterpart(_ check: ForensicCheckSpec.ConstantOffset) {
    switch check.counterpart {
    case .column(let name): exclude(check.column, from: [name], "a column minus itself is 0")
    case .conditions(let conditions):
      if Set(conditions.values.map(\.value)).count != 2 || conditions.values.count != 2 {
        report(
          "bad-conditions", conditions.column, "there are not two different values of \(conditions.column.value)",
          fix: "write `values: [FIRST, SECOND]`")
      }
    }
  }

  /// Details are of a forensic check, and a section is one that it has.
  mutating func checkDetails(_ table: TableSpec) {
    guard table.section != nil || table.content == .details else { return }
    let sections = analysis.forensics.first { $0.name.value == table.from.value }?.sections
    if let section = table.section, table.content != .details {
      report(
        "unfitting-section", section, "a section is shown of the details of a forensic check alone",
        fix: "add `content: details`, or take it out")
    } else if let sections, sections.isEmpty {
      report(
        "unfitting-content", table.from, "\(table.from.value) has no details", fix: "take `content` out")
    } else if let section = table.section, let sections, !sections.contains(section.value) {
      unknown("section", section, known: KnownNames(sections))
    }
  }

  private mutating func exclude(_ name: Located<String>, from names: [Located<String>], _ reason: String) {
    for other in names where other.value == name.value {
      report("same-column", other, "\(other.value) stands on both sides", reason: reason, fix: "take it out here")
    }
  }
}
