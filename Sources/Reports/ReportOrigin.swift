/// How a table or a figure was made: what a notebook shows in the cell above its output.
package struct ReportOrigin: Sendable, Hashable {
  /// The lines of the spec, as they are written.
  package var spec: [String]
  /// What they say and where, such as `correlations.main of audit-rnn.yaml`.
  package var place: String
  /// The command that makes or prints it.
  package var command: String
  /// Data with their digests, rows, units, seed.
  package var facts: [ProvenanceItem]

  package init(spec: [String], place: String, command: String, facts: [ProvenanceItem]) {
    self.spec = spec
    self.place = place
    self.command = command
    self.facts = facts
  }

  /// Folded markup below a table or a figure.
  ///
  /// - Parameters:
  ///   - name: What was made, such as `Table 3`.
  ///   - files: HTML of links to files that are made beside the page and need not be kept with it; empty for none.
  func html(_ name: String, files: String = "") -> String {
    let lines = spec.isEmpty ? "" : "<pre><code>\(Escape.html(spec.joined(separator: "\n")))</code></pre>\n"
    let print =
      files.isEmpty
      ? "" : "<div><dt>for print</dt><dd>\(files), which that command makes beside this page</dd></div>\n"
    let facts = ([ProvenanceItem("spec", place)] + self.facts).map {
      "<div><dt>\(Escape.html($0.label))</dt><dd>\(Escape.html($0.value))</dd></div>\n"
    }.joined()
    return """
      <details class="made"><summary>How \(Escape.html(name)) was made</summary>
      \(lines)<dl>
      \(facts)<div><dt>command</dt><dd><code>\(Escape.html(command))</code></dd></div>
      \(print)</dl></details>

      """
  }

  /// The place and the command in one line.
  var markdown: String { "Made by \(Escape.markdown(place)); `\(MarkdownText.code(command))`" }
}
