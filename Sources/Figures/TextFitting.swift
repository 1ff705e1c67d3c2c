/// Sets texts into the room there is: on several lines, or shortened with an ellipsis.
struct TextFitting {
  let measure: any TextMeasure

  /// A text on its lines.
  struct Lines: Hashable {
    var lines: [String]
    /// True when a line ends in an ellipsis, for want of room.
    var isShortened: Bool
  }

  func width(_ text: String, size: Double = FigureLayout.textSize, isBold: Bool = false) -> Double {
    measure.extent(of: text, size: size, isBold: isBold).width
  }

  /// The text, or as much of it from its start as fits with an ellipsis. At least one sign is kept.
  func shortened(_ text: String, room: Double, size: Double = FigureLayout.textSize, isBold: Bool = false) -> String {
    guard width(text, size: size, isBold: isBold) > room else { return text }
    let pieces = FigureText.pieces(text)
    func start(_ count: Int) -> String {
      var kept = pieces[..<count]
      while kept.count > 1, kept.last == .sign(" ") || kept.last == .raise || kept.last == .lower { kept.removeLast() }
      return FigureText.text(kept) + "…"
    }
    // The largest count that fits; one sign of a figure's text is hardly narrower than a point.
    var (least, most) = (1, min(pieces.count, 1 + Int(max(0, min(room, 5000)))))
    while least < most {
      let middle = (least + most + 1) / 2
      if width(start(middle), size: size, isBold: isBold) <= room { least = middle } else { most = middle - 1 }
    }
    return start(least)
  }

  /// The text broken at blanks into so many lines at most, of about equal length; what the last cannot hold is left out.
  func wrapped(
    _ text: String, room: Double, lines most: Int, size: Double = FigureLayout.textSize, isBold: Bool = false
  ) -> Lines {
    let width = self.width(text, size: size, isBold: isBold)
    guard width > room else { return Lines(lines: [text], isShortened: false) }
    var best = filled(text, room: room, lines: most, size: size, isBold: isBold)
    guard !best.isShortened else { return best }
    var (least, enough) = (width / Double(best.lines.count), room)
    while enough - least > 4 {
      let middle = (least + enough) / 2
      let narrower = filled(text, room: middle, lines: best.lines.count, size: size, isBold: isBold)
      if narrower.isShortened { least = middle } else { (best, enough) = (narrower, middle) }
    }
    return best
  }

  /// The text on lines that take as many words as they can.
  private func filled(_ text: String, room: Double, lines most: Int, size: Double, isBold: Bool) -> Lines {
    var words = Self.words(text)[...]
    var lines: [String] = []
    while !words.isEmpty, lines.count < most {
      var line = words.removeFirst()
      if lines.count == most - 1 {
        line = ([line] + words).joined(separator: " ")
        words = []
      }
      while let next = words.first, width("\(line) \(next)", size: size, isBold: isBold) <= room {
        line += " \(next)"
        words.removeFirst()
      }
      lines.append(line)
    }
    let fitting = lines.map { shortened($0, room: room, size: size, isBold: isBold) }
    return Lines(lines: fitting, isShortened: fitting != lines)
  }

  /// The parts of a text between blanks outside what is raised or lowered.
  private static func words(_ text: String) -> [String] {
    var words: [[FigureText.Piece]] = [[]]
    var depth = 0
    for piece in FigureText.pieces(text) {
      switch piece {
      case .raise, .lower: depth += 1
      case .end: depth -= 1
      case .sign: break
      }
      if depth == 0, piece == .sign(" ") { words.append([]) } else { words[words.count - 1].append(piece) }
    }
    return words.filter { !$0.isEmpty }.map { FigureText.text($0) }
  }
}
