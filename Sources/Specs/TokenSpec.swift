import Sizes

/// The tokens that networks read while they are measured; `MeasurementSizes` has their defaults and bounds.
package struct TokenSpec: Sendable, Hashable {
  /// `text-free` for the sequence that needs no text, a split such as `wikitext-2/test`, or a folder with texts;
  /// `text-free` by default.
  package var use: Located<String>
  /// The most words in the dictionary, further ones stand for `<unk>`; the network's vocabulary when nil.
  package var vocabulary: Located<Int>?
  /// Time steps T of a batch.
  package var steps = MeasurementSizes.steps.standard
  /// Columns B of a batch.
  package var columns = MeasurementSizes.columns.standard
  /// Numbers of the batches, from 0; batches do not overlap. The first by default.
  package var batches = [0]
}
