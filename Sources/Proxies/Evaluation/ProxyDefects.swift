/// What LPZero's released code does otherwise than its formulas say. Each can be switched on, to recompute what was published.
package struct ProxyDefects: Sendable, Hashable, Codable {
  /// `log` and `abslog` write into the matrix that they are given: entries without a logarithm are 1 in what is read later.
  package var writesIntoInputs = false
  /// Both sides of every binary operation are reduced to their means first, so that `matmul` always fails.
  package var reducesBeforeBinary = false
  /// `modules` pairs inputs by place up to the end of the shorter list, whatever layers they are of.
  package var cutsLists = false
  /// Hooks are never removed: each input of a forward pass is collected again by the passes made for the inputs read after it,
  /// so that with two of them the list of the first stands twice.
  package var keepsHooks = false

  /// None: formulas as they are written.
  package static let none = ProxyDefects()

  /// All of them: the released code.
  package static let asReleased = ProxyDefects(
    writesIntoInputs: true, reducesBeforeBinary: true, cutsLists: true, keepsHooks: true)

  package init(
    writesIntoInputs: Bool = false, reducesBeforeBinary: Bool = false, cutsLists: Bool = false, keepsHooks: Bool = false
  ) {
    self.writesIntoInputs = writesIntoInputs
    self.reducesBeforeBinary = reducesBeforeBinary
    self.cutsLists = cutsLists
    self.keepsHooks = keepsHooks
  }
}

/// The defects by name, as specs choose them.
package enum ProxyDefect: String, Sendable, Hashable, CaseIterable {
  case writesIntoInputs = "writes-into-inputs"
  case reducesBeforeBinary = "reduces-before-binary"
  case cutsLists = "cuts-lists"
  case keepsHooks = "keeps-hooks"
}

extension ProxyDefects {
  /// Those of some names.
  package init(_ named: [ProxyDefect]) {
    self.init(
      writesIntoInputs: named.contains(.writesIntoInputs), reducesBeforeBinary: named.contains(.reducesBeforeBinary),
      cutsLists: named.contains(.cutsLists), keepsHooks: named.contains(.keepsHooks))
  }

  /// The names of those that are switched on, in the order of their declaration.
  package var named: [ProxyDefect] {
    ProxyDefect.allCases.filter { defect in
      switch defect {
      case .writesIntoInputs: writesIntoInputs
      case .reducesBeforeBinary: reducesBeforeBinary
      case .cutsLists: cutsLists
      case .keepsHooks: keepsHooks
      }
    }
  }
}
