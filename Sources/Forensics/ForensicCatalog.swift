/// The kinds of check there are.
package enum ForensicCatalog {
  /// Every kind, in the order of the documentation.
  package static let all: [any ForensicCheck.Type] = [
    DuplicatesCheck.self, ReplicatesCheck.self, FunctionOfCheck.self, ColumnMatchCheck.self, SurvivorshipCheck.self,
    BatchOverlapCheck.self, ConstantOffsetCheck.self, CopiedValuesCheck.self, AggregateCheck.self,
    AccumulationCheck.self,
  ]
}
