/// The colours of a page's drawings: a custom property for each pair of a light and a dark colour.
struct PagePalette {
  private struct Pair: Hashable {
    var light: String
    var dark: String
  }

  private var pairs: [Pair] = []
  private var indices: [Pair: Int] = [:]

  /// What to write where the colour is used: the colour itself when both are the same.
  mutating func reference(light: String, dark: String) -> String {
    guard light != dark else { return light }
    let pair = Pair(light: light, dark: dark)
    let index = indices[pair] ?? pairs.count
    if index == pairs.count {
      pairs.append(pair)
      indices[pair] = index
    }
    return "var(--c\(index))"
  }

  /// The declarations; a browser without `light-dark()` has the light colours.
  var style: String {
    guard !pairs.isEmpty else { return "" }
    func declarations(_ value: (Pair) -> String) -> String {
      pairs.enumerated().map { "--c\($0.offset):\(value($0.element))" }.joined(separator: ";")
    }
    return ":root{\(declarations(\.light))}\n@supports (color:light-dark(#000,#fff)){:root{"
      + declarations { "light-dark(\($0.light),\($0.dark))" } + "}}\n"
  }
}
