/// A value on a tape.
public struct Variable: Sendable, Hashable {
  let index: Int
}

/// Which part of a leaf's gradient somebody asked for.
public enum GradientRequest: Sendable, Hashable {
  /// None: what only leads to this leaf is not computed.
  case none
  /// All of it.
  case all
  /// Some rows; the others are left out and undefined.
  case rows(Range<Int>)
  /// Some rows as above, each range computed by a product of its own, so that its bits are those of `rows`.
  case parts([Range<Int>])
}

/// A place between operations of a tape.
public struct TapeMark: Sendable, Hashable {
  let index: Int
}
