/// A value on a tape.
package struct Variable: Sendable, Hashable {
  let index: Int
}

/// Which part of a leaf's gradient somebody asked for.
package enum GradientRequest: Sendable, Hashable {
  /// None: what only leads to this leaf is not computed.
  case none
  /// All of it.
  case all
  /// Some rows; the others are left out and undefined.
  case rows(Range<Int>)
}

/// A place between operations of a tape.
package struct TapeMark: Sendable, Hashable {
  let index: Int
}
