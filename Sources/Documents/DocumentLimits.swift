/// Bounds on a document, so that hostile input costs bounded time and memory.
package struct DocumentLimits: Sendable, Hashable {
  /// The most bytes of text.
  package var bytes: Int
  /// The deepest nesting of sequences and mappings.
  package var depth: Int
  /// The most nodes, counting an aliased node each time it stands for its anchor.
  package var nodes: Int

  /// Creates limits.
  package init(bytes: Int, depth: Int, nodes: Int) {
    self.bytes = bytes
    self.depth = depth
    self.nodes = nodes
  }

  /// For files people write: 1 MiB, 64 levels, 100,000 nodes.
  package static let spec = DocumentLimits(bytes: 1 << 20, depth: 64, nodes: 100_000)
  /// For data files: 64 MiB, 64 levels, 5,000,000 nodes.
  package static let data = DocumentLimits(bytes: 64 << 20, depth: 64, nodes: 5_000_000)
}
