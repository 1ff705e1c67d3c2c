/// A forensic check of a dataset.
package struct ForensicSpec: Sendable, Hashable {
  /// The name; results are addressed by it.
  package var name: Located<String>
  /// The name for people.
  package var title: String?
  /// What is checked.
  package var check: ForensicCheckSpec

  /// Sections of the finding by which a table may list it, in order.
  var sections: [String] {
    switch check {
    case .duplicates(let check): ["sizes"] + (check.id == nil ? [] : ["strides"])
    case .replicates(let check): check.by.isEmpty ? [] : ["strata"]
    case .functionOf, .constantOffset: []
    case .columnMatch: ["candidates"]
    case .survivorship(let check):
      (check.target == nil ? [] : ["reasons"]) + check.by.map { "groups-\($0.value)" }
    case .batchOverlap, .accumulation: ["columns"]
    case .copiedValues: ["pairs"]
    case .aggregate(let check): (check.by == nil ? [] : ["groups"]) + (check.id == nil ? [] : ["records"])
    }
  }
}

/// A column that a check reads.
package struct ForensicColumn: Sendable, Hashable {
  /// Its name.
  package var name: Located<String>
  /// Whether it must hold numbers.
  package var isNumeric: Bool
  /// Whether it is of the second dataset.
  package var isOfOther: Bool

  init(_ name: Located<String>, numeric: Bool = false, ofOther: Bool = false) {
    self.name = name
    isNumeric = numeric
    isOfOther = ofOther
  }
}

extension ForensicCheckSpec {
  /// The dataset examined.
  package var dataset: Located<String> {
    switch self {
    case .duplicates(let check): check.dataset
    case .replicates(let check): check.dataset
    case .functionOf(let check): check.dataset
    case .columnMatch(let check): check.dataset
    case .survivorship(let check): check.dataset
    case .batchOverlap(let check): check.dataset
    case .constantOffset(let check): check.dataset
    case .copiedValues(let check): check.dataset
    case .aggregate(let check): check.dataset
    case .accumulation(let check): check.dataset
    }
  }

  /// The dataset that it is held against.
  package var other: Located<String>? {
    if case .survivorship(let check) = self { check.survivors } else { nil }
  }

  /// The columns chosen by role or by name; nil for a check without such a choice.
  package var selection: MetricSelection? {
    switch self {
    case .duplicates(let check): check.columns
    case .replicates(let check): check.same
    case .batchOverlap(let check): check.columns
    case .copiedValues(let check): check.columns
    case .accumulation(let check): check.columns
    default: nil
    }
  }

  /// Whether the columns chosen must hold numbers.
  package var selectsNumbers: Bool {
    switch self {
    case .batchOverlap, .accumulation: true
    default: false
    }
  }

  /// The columns named besides those chosen by role, in order.
  package var columns: [ForensicColumn] {
    func plain(_ names: [Located<String>]) -> [ForensicColumn] { names.map { ForensicColumn($0) } }
    func numbers(_ names: [Located<String>]) -> [ForensicColumn] { names.map { ForensicColumn($0, numeric: true) } }
    func one(_ name: Located<String>?) -> [Located<String>] { name.map { [$0] } ?? [] }
    switch self {
    case .duplicates(let check): return plain(one(check.id))
    case .replicates(let check):
      return numbers([check.target]) + plain(check.differs + check.by + one(check.id))
    case .functionOf(let check): return plain([check.column] + check.of + one(check.id))
    case .columnMatch(let check): return numbers([check.column] + check.candidates)
    case .survivorship(let check):
      return plain(check.on) + check.on.map { ForensicColumn($0, ofOther: true) } + numbers(one(check.target))
        + plain(check.by)
    case .batchOverlap(let check): return plain(check.subject) + numbers(one(check.order))
    case .constantOffset(let check):
      switch check.counterpart {
      case .column(let name): return numbers([check.column, name])
      case .conditions(let conditions): return numbers([check.column]) + plain([conditions.column] + conditions.on)
      }
    case .copiedValues(let check): return plain([check.over] + check.on)
    case .aggregate(let check): return numbers([check.column] + check.of) + plain(one(check.id) + one(check.by))
    case .accumulation(let check): return plain(check.subject) + numbers(one(check.order) + check.per)
    }
  }
}
