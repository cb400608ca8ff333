<?php
/**
 * A maintenance script: tries once to deliver each message that is queued for this
 * wiki, and prints how many it tried.  What fails stays in the queue, and all of it
 * does on a wiki that is read-only.
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
		$dbname = $config->get( 'DBname' );
		$queue = new Queue( $config->get( 'FarmMassMessageRun' ) );
		$jobs = $services->getReadOnlyMode()->isReadOnly() ? [] : $queue->take( $dbname );
		foreach ( $jobs as $job ) {
			if ( !( new Delivery( $job ) )->run() ) {
				$queue->add( $dbname, $job );
			}
			DeferredUpdates::doUpdates();
		}
		$this->output( count( $jobs ) );
	}
}

$maintClass = FarmDeliver::class;
require_once RUN_MAINTENANCE_IF_MAIN;
