<?php
/**
 * A maintenance script: writes the log lines that are listed as JSON on
 * standard input, each {type, action, target, time, params, legacy, hidden}.
 */

require_once getenv( 'MW_INSTALL_PATH' ) . '/maintenance/Maintenance.php';

class FarmLog extends Maintenance {

	/** @inheritDoc */
	public function execute() {
		$lines = json_decode( stream_get_contents( STDIN ), true, 512, JSON_THROW_ON_ERROR );
		foreach ( $lines as $line ) {
			$entry = new ManualLogEntry( $line['type'], $line['action'] );
			$entry->setPerformer( User::newFromName( 'Farm operator' ) );
			$entry->setTarget( Title::newFromText( $line['target'] ) );
			$entry->setTimestamp( wfTimestamp( TS_MW, $line['time'] ) );
			$entry->setParameters( $line['params'] );
			if ( $line['hidden'] ?? false ) {
				$entry->setDeleted( LogPage::DELETED_ACTION );
			}
			if ( $line['legacy'] ?? false ) {
				$entry->setLegacy( true );
			}
			$entry->insert( $this->getDB( DB_PRIMARY ) );
		}
	}
}

$maintClass = FarmLog::class;
require_once RUN_MAINTENANCE_IF_MAIN;
