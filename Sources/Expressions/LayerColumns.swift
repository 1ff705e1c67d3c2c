import Tables

/// The columns `layer-1-x`, `layer-2-x`, … of a table, which expressions call `layer.x`.
package enum LayerColumns {
  /// The most layers looked for.
  package static let limit = 256

  /// The name of a column.
  package static func name(_ property: String, layer: Int) -> String { "layer-\(layer)-\(property)" }

  /// The name that a short one stands for: `operation` for `op`.
  package static func fullName(_ property: String) -> String { property == "op" ? "operation" : property }

  /// The names after `layer.` that columns give, each once, in order; those of the first layer count.
  package static func properties(_ columns: some Sequence<String>) -> [String] {
    let prefix = name("", layer: 1)
    return columns.filter { $0.hasPrefix(prefix) }.map { String($0.dropFirst(prefix.count)) }
  }
}
