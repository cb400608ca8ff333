<?php
/**
 * A maintenance script: delivers what is queued for this wiki, and prints how
 * many deliveries that were.  On a wiki that is read-only all of it waits.
 */

require_once getenv( 'MW_INSTALL_PATH' ) . '/maintenance/Maintenance.php';

use FarmMassMessage\Delivery;
use FarmMassMessage\Queue;
use MediaWiki\MediaWikiServices;

class FarmDeliver extends Maintenance {

	/** @inheritDoc */
	public function execute() {
		$services = MediaWikiServices::getInstance();
		$config = $services->getMainConfig();
		$deliveries = [];
		if ( !$services->getReadOnlyMode()->isReadOnly() ) {
			$deliveries = ( new Queue( $config->get( 'FarmMassMessageRun' ) ) )->take( $config->get( 'DBname' ) );
		}
		foreach ( $deliveries as $delivery ) {
			( new Delivery( $delivery ) )->run();
		}
		$this->output( count( $deliveries ) );
	}
}

$maintClass = FarmDeliver::class;
require_once RUN_MAINTENANCE_IF_MAIN;
