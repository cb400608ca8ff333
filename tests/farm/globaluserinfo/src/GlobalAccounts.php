<?php

namespace FarmGlobalUserInfo;

/**
 * Gathers the accounts of one name from all wikis of the farm.
 *
 * What the wikis' databases do not hold comes from global.json, a map from
 * name to facts; see the README.
 */
class GlobalAccounts {

	/** What the farm adds to the number of a name, so that it is no local number. */
	private const FIRST_ID = 1000;

	/**
	 * The newest block of an account, in the tables of MediaWiki 1.43 and later, where there may be several.
	 *
	 * The original goes through all and tells of the last (CentralAuth REL1_43, includes/User/CentralAuthUser.php).
	 */
	private const BLOCK = 'SELECT bl_expiry AS expiry, comment_text AS reason FROM block'
		. ' JOIN block_target ON bt_id = bl_target JOIN comment ON comment_id = bl_reason_id'
		. ' WHERE bt_user = ? AND bt_auto = 0 AND bl_expiry > ? ORDER BY bl_id DESC';

	/** The same in the table of earlier releases. */
	private const BLOCK_UNTIL_1_42 = 'SELECT ipb_expiry AS expiry, comment_text AS reason FROM ipblocks'
		. ' JOIN comment ON comment_id = ipb_reason_id'
		. ' WHERE ipb_user = ? AND ipb_auto = 0 AND ipb_expiry > ? ORDER BY ipb_id DESC';

	private string $run;
	private array $wikis;
	private array $facts;

	/** @param string $run the folder of the farm's run */
	public function __construct( string $run ) {
		$this->run = $run;
		$this->wikis = json_decode( file_get_contents( "$run/wikis.json" ), true );
		$this->facts = json_decode( @file_get_contents( "$run/global.json" ) ?: '{}', true );
	}

	/**
	 * The global account of this name, or null.
	 *
	 * While an account is renamed there is none of the old name; that of the new name has the local accounts of
	 * the wikis that are done, and no home (CentralAuth REL1_43, includes/GlobalRename/).
	 */
	public function find( string $name ): ?array {
		$rename = $this->renames()[$name] ?? null;
		if ( $rename && $rename['from'] === $name ) {
			return null;
		}
		$facts = $this->facts[$name] ?? [];
		$merged = $this->merged( $name, array_keys( $rename['status'] ?? [] ) );
		if ( !$merged && !$rename ) {
			return null;
		}
		$oldest = self::oldest( $merged );
		return [
			'name' => $name,
			'id' => self::idOf( $rename['from'] ?? $name ),
			'home' => $rename ? null : $facts['home'] ?? $oldest['wiki'],
			'registration' => array_key_exists( 'registration', $facts )
				? wfTimestamp( TS_ISO_8601, $facts['registration'] )
				: $oldest['registration'] ?? wfTimestamp( TS_ISO_8601 ),
			'merged' => $merged,
			'facts' => $facts,
		];
	}

	/** Local accounts that belong together: at home by "new", elsewhere by "login". */
	private function merged( string $name, array $queued ): array {
		$facts = $this->facts[$name] ?? [];
		$merged = [];
		foreach ( $this->locals( $name ) as $local ) {
			$apart = array_merge( $facts['unattached'] ?? [], $queued );
			if ( !in_array( $local['wiki'], $apart, true ) ) {
				$merged[] = self::stated( $local, $facts );
			}
		}
		$home = $facts['home'] ?? self::oldest( $merged )['wiki'] ?? null;
		foreach ( $merged as &$local ) {
			$local['method'] = $local['wiki'] === $home ? 'new' : 'login';
		}
		return $merged;
	}

	/** Local accounts of this name that belong to no global account. */
	public function unattached( string $name ): array {
		$facts = $this->facts[$name] ?? [];
		$unattached = [];
		foreach ( $this->locals( $name ) as $local ) {
			if ( in_array( $local['wiki'], $facts['unattached'] ?? [], true ) ) {
				$local = self::stated( $local, $facts );
				unset( $local['url'], $local['id'], $local['timestamp'], $local['method'] );
				$unattached[] = $local;
			}
		}
		return $unattached;
	}

	/** Renames in progress, each under the old name and under the new: "from", "to", "status" by wiki. */
	public function renames(): array {
		$renames = [];
		foreach ( $this->facts as $from => $facts ) {
			if ( isset( $facts['rename'] ) ) {
				$rename = [ 'from' => (string)$from ] + $facts['rename'];
				$renames[$from] = $renames[$rename['to']] = $rename;
			}
		}
		return $renames;
	}

	/** Global blocks that stand, by the name of the account; hidden accounts have none. */
	public function blocks(): array {
		$blocks = [];
		foreach ( $this->facts as $name => $facts ) {
			$block = $facts['globalblock'] ?? null;
			$stands = $block && wfTimestamp( TS_MW, self::end( $block ) ) > wfTimestampNow();
			if ( $stands && !( $facts['hidden'] ?? false ) && $this->find( $name ) ) {
				// The original tells the number as a text: it comes so from the database.
				$blocks[$name] = $block + [ 'id' => (string)self::idOf( $name ), 'target' => $name ];
			}
		}
		return $blocks;
	}

	private static function end( array $block ): string {
		$end = $block['expiry'] ?? 'infinity';
		return wfIsInfinity( $end ) ? '99991231235959' : $end;
	}

	/**
	 * A local account with what a test states of it.
	 *
	 * A registration of null becomes the moment of asking, as in the original: wfTimestamp() makes "now" of it.
	 */
	private static function stated( array $local, array $facts ): array {
		$wiki = $local['wiki'];
		$local['editcount'] = $facts['editcounts'][$wiki] ?? $local['editcount'];
		if ( array_key_exists( $wiki, $facts['registrations'] ?? [] ) ) {
			$local['registration'] = wfTimestamp( TS_ISO_8601, $facts['registrations'][$wiki] );
		}
		return $local;
	}

	/** The name of the account with this global number, or null. */
	public function nameOf( int $id ): ?string {
		foreach ( $this->names() as $name ) {
			if ( self::idOf( $name ) === $id ) {
				return $name;
			}
		}
		return null;
	}

	/** A number that depends on the name alone, the same on each wiki. */
	private static function idOf( string $name ): int {
		return self::FIRST_ID + crc32( $name );
	}

	private static function oldest( array $locals ): ?array {
		usort( $locals, static fn ( $a, $b ) => strcmp( $a['registration'], $b['registration'] ) );
		return $locals[0] ?? null;
	}

	/** All names, in order. */
	public function names(): array {
		$names = [];
		foreach ( array_keys( $this->wikis ) as $dbname ) {
			foreach ( $this->rows( $dbname, 'SELECT user_name FROM user', [] ) as $row ) {
				$names[$row['user_name']] = true;
			}
		}
		$names = array_map( 'strval', array_keys( $names ) );
		sort( $names, SORT_STRING );
		return $names;
	}

	private function locals( string $name ): iterable {
		$sql = 'SELECT user_id, user_editcount, user_registration FROM user WHERE user_name = ?';
		foreach ( $this->wikis as $dbname => $wiki ) {
			foreach ( $this->rows( $dbname, $sql, [ $name ] ) as $row ) {
				yield $this->local( $dbname, $wiki['host'], $row );
			}
		}
	}

	private function local( string $dbname, string $host, array $row ): array {
		$registration = wfTimestamp( TS_ISO_8601, $row['user_registration'] );
		$groups = $this->groups( $dbname, (int)$row['user_id'] );
		$block = $this->block( $dbname, (int)$row['user_id'] );
		return [
			'wiki' => $dbname,
			'url' => "https://$host",
			'id' => (int)$row['user_id'],
			'timestamp' => $registration,
			'method' => 'login',
			'editcount' => (int)$row['user_editcount'],
			'registration' => $registration,
		] + ( $groups ? [ 'groups' => $groups ] : [] ) + ( $block ? [ 'blocked' => $block ] : [] );
	}

	private function groups( string $dbname, int $user ): array {
		$sql = 'SELECT ug_group FROM user_groups WHERE ug_user = ?'
			. ' AND (ug_expiry IS NULL OR ug_expiry > ?) ORDER BY ug_group';
		return array_column( $this->rows( $dbname, $sql, [ $user, wfTimestampNow() ] ), 'ug_group' );
	}

	/** Partial or not is not told, as in the original. */
	private function block( string $dbname, int $user ): ?array {
		$sql = version_compare( MW_VERSION, '1.43', '<' ) ? self::BLOCK_UNTIL_1_42 : self::BLOCK;
		$row = $this->rows( $dbname, $sql, [ $user, wfTimestampNow() ] )[0] ?? null;
		if ( !$row ) {
			return null;
		}
		$endless = $row['expiry'] === 'infinity';
		return [
			'expiry' => $endless ? 'infinity' : wfTimestamp( TS_ISO_8601, $row['expiry'] ),
			'reason' => $row['reason'],
		];
	}

	private function rows( string $dbname, string $sql, array $values ): array {
		$db = new \PDO( "sqlite:{$this->run}/data/$dbname.sqlite" );
		$db->setAttribute( \PDO::ATTR_ERRMODE, \PDO::ERRMODE_EXCEPTION );
		$statement = $db->prepare( $sql );
		$statement->execute( $values );
		return $statement->fetchAll( \PDO::FETCH_ASSOC );
	}
}
