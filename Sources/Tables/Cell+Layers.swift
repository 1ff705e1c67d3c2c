extension Cell {
  /// The reason of a cell in a column such as `layer-4-heads` where the row's architecture has fewer layers. Counts over
  /// layers pass such layers by; a cell undefined for another reason makes them undefined.
  package static let noSuchLayer = "no such layer"
}
