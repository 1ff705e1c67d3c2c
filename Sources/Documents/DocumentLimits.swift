/// Bounds on a document, so that hostile input costs bounded time and memory.
public struct DocumentLimits: Sendable, Hashable {
  /// The most bytes of text.
  public var bytes: Int
  /// The deepest nesting of sequences and mappings.
  public var depth: Int
  /// The most nodes, counting an aliased node each time it stands for its anchor.
  public var nodes: Int

  /// Creates limits.
  public init(bytes: Int, depth: Int, nodes: Int) {
    self.bytes = bytes
    self.depth = depth
    self.nodes = nodes
  }

  /// For files people write: 1 MiB, 64 levels, 100,000 nodes.
  public static let spec = DocumentLimits(bytes: 1 << 20, depth: 64, nodes: 100_000)
  /// For data files: 64 MiB, 64 levels, 5,000,000 nodes.
  public static let data = DocumentLimits(bytes: 64 << 20, depth: 64, nodes: 5_000_000)
}
