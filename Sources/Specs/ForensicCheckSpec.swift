/// What a forensic check looks for, with its settings.
public enum ForensicCheckSpec: Sendable, Hashable {
  /// Rows that are equal in some columns.
  case duplicates(Duplicates)
  /// Rows that stand for one architecture.
  case replicates(Replicates)
  /// A column that is a function of others.
  case functionOf(FunctionOf)
  /// Which of several columns a column equals.
  case columnMatch(ColumnMatch)
  /// Keys of a dataset that are missing from another.
  case survivorship(Survivorship)
  /// Consecutive batches that share rows.
  case batchOverlap(BatchOverlap)
  /// Columns that differ by a constant.
  case constantOffset(ConstantOffset)
  /// Values under one condition that are copies of those under another.
  case copiedValues(CopiedValues)
  /// A printed aggregate that is not what its parts give.
  case aggregate(Aggregate)
  /// Values that grow from repetition to repetition.
  case accumulation(Accumulation)

  /// Settings of `duplicates`.
  public struct Duplicates: Sendable, Hashable {
    /// The dataset.
    public var dataset: Located<String>
    /// The columns compared.
    public var columns: MetricSelection
    /// The column that names a row.
    public var id: Located<String>?
  }

  /// Settings of `replicates`.
  public struct Replicates: Sendable, Hashable {
    /// The dataset.
    public var dataset: Located<String>
    /// The columns that rows of one architecture share.
    public var same: MetricSelection
    /// The column whose spread is measured.
    public var target: Located<String>
    /// Columns of which one must differ within a group.
    public var differs: [Located<String>]
    /// Columns that make strata.
    public var by: [Located<String>]
    /// The column that names a row.
    public var id: Located<String>?
  }

  /// Settings of `function-of`.
  public struct FunctionOf: Sendable, Hashable {
    /// The dataset.
    public var dataset: Located<String>
    /// The column that may be a function.
    public var column: Located<String>
    /// The columns it may be a function of.
    public var of: [Located<String>]
    /// The largest relative difference of values that count as equal.
    public var tolerance: Double
    /// How many rows may violate it.
    public var exceptions: Int
    /// The column that names a row.
    public var id: Located<String>?
  }

  /// Settings of `column-match`.
  public struct ColumnMatch: Sendable, Hashable {
    /// How one column may be made from another.
    public enum Relation: String, Sendable, Hashable, CaseIterable {
      /// The same numbers.
      case equal
      /// The same numbers with the other sign.
      case opposite
      /// A constant factor.
      case factor
      /// A constant offset.
      case offset
      /// A factor and an offset.
      case affine
    }

    /// The dataset, with all columns.
    public var dataset: Located<String>
    /// The column.
    public var column: Located<String>
    /// The columns it may equal.
    public var candidates: [Located<String>]
    /// The relations permitted.
    public var relations: [Relation]
    /// The largest error that counts as agreement.
    public var tolerance: Double
    /// The share of rows that must agree.
    public var share: Double
  }

  /// Settings of `survivorship`.
  public struct Survivorship: Sendable, Hashable {
    /// The dataset whose keys are looked for.
    public var dataset: Located<String>
    /// The dataset in which they are looked for.
    public var survivors: Located<String>
    /// The columns that make a key, in both.
    public var on: [Located<String>]
    /// The column in which missing and present keys are compared.
    public var target: Located<String>?
    /// Columns by whose values missing keys are counted.
    public var by: [Located<String>]
  }

  /// Settings of `batch-overlap`.
  public struct BatchOverlap: Sendable, Hashable {
    /// The dataset.
    public var dataset: Located<String>
    /// The columns tested.
    public var columns: MetricSelection
    /// The columns that name a subject.
    public var subject: [Located<String>]
    /// The column that orders the batches of a subject.
    public var order: Located<String>?
    /// Declared rows of a batch.
    public var length: Int?
    /// Declared rows between the starts of consecutive batches.
    public var stride: Int?
    /// Number of permutations.
    public var permutations: Int
    /// Seed of the permutations.
    public var seed: Seed
    /// The largest p of a trace.
    public var level: Double
  }

  /// Settings of `constant-offset`.
  public struct ConstantOffset: Sendable, Hashable {
    /// Two values of a column under which another is compared.
    public struct Conditions: Sendable, Hashable {
      /// The column of the condition.
      public var column: Located<String>
      /// The two values; the offset is that of the first over the second.
      public var values: [Located<String>]
      /// The columns that pair rows.
      public var on: [Located<String>]
    }

    /// What the column is compared with.
    public enum Counterpart: Sendable, Hashable {
      /// Another column, row by row.
      case column(Located<String>)
      /// Itself, under two conditions.
      case conditions(Conditions)
    }

    /// The dataset.
    public var dataset: Located<String>
    /// The column.
    public var column: Located<String>
    /// What it is compared with.
    public var counterpart: Counterpart
    /// The largest deviation in units of the column's standard deviation.
    public var tolerance: Double
  }

  /// Settings of `copied-values`.
  public struct CopiedValues: Sendable, Hashable {
    /// The dataset.
    public var dataset: Located<String>
    /// The columns compared, all together.
    public var columns: MetricSelection
    /// The column of the conditions.
    public var over: Located<String>
    /// The columns that pair rows.
    public var on: [Located<String>]
    /// The share of keys that must be identical.
    public var share: Double
  }

  /// Settings of `aggregate`.
  public struct Aggregate: Sendable, Hashable {
    /// How parts are put together.
    public enum Statistic: String, Sendable, Hashable, CaseIterable {
      /// Arithmetic mean.
      case mean
      /// Sum.
      case sum
      /// Product.
      case product
    }

    /// The dataset.
    public var dataset: Located<String>
    /// The printed aggregate.
    public var column: Located<String>
    /// Its parts.
    public var of: [Located<String>]
    /// How they are put together.
    public var statistic: Statistic
    /// The largest relative difference of a consistent row.
    public var tolerance: Double
    /// The column that names a record.
    public var id: Located<String>?
    /// The column by whose values inconsistent rows are counted.
    public var by: Located<String>?
  }

  /// Settings of `accumulation`.
  public struct Accumulation: Sendable, Hashable {
    /// The dataset.
    public var dataset: Located<String>
    /// The columns examined.
    public var columns: MetricSelection
    /// The columns that name a subject; all rows are one subject when empty.
    public var subject: [Located<String>]
    /// The column that orders the rows of a subject.
    public var order: Located<String>?
    /// Columns by which the values are divided.
    public var per: [Located<String>]
    /// The share of increases from which values grow.
    public var share: Double
    /// The largest p of a trace.
    public var level: Double
  }
}
